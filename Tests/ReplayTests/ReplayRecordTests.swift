import Foundation
import HTTPCore
import Replay
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ReplayRecordTests {
    @Test func `every delivery is told with its answer`() async throws {
        let records = Mutex<[ReplayRecord]>([])
        let server = ScriptedServer { number in
            if number == 1 { throw TransportError(.notConnected, "refused", mayHaveBeenSent: false) }
        }
        let plan = try plan(repeats: 10, duplicates: 0.5, forgeries: 0.2)
        _ = try await ReplayRunner(transport: server, url: "http://127.0.0.1:8080/webhooks", concurrency: 1)
            .run(plan, ended: { record in records.withLock { $0.append(record) } })

        let all = records.withLock { $0 }
        let sent = try plan.deliveries().map { ($0.ids.webhook.uuidString.lowercased(), $0.kind) }
        #expect(all.map(\.webhookID) == sent.map(\.0))
        #expect(all.map(\.kind) == sent.map(\.1))
        #expect(all[0].failure == "not_connected" && all[0].status == nil)
        #expect(all.dropFirst().allSatisfy { $0.failure == nil && $0.status == ($0.kind == .forged ? 401 : 200) })
        // The second of two equals finds the first there, unless that one was not answered.
        #expect(all.dropFirst(2).filter(\.isKnown).map(\.kind).allSatisfy { $0 == .duplicate })
        #expect(all.filter(\.isKnown).count >= 7)
    }

    @Test func `a file gives back what was written, but for a line cut off`() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.appending(path: "records").path
            let records = [
                ReplayRecord(webhookID: "one", topic: "orders/create", kind: .genuine, status: 200),
                ReplayRecord(webhookID: "one", topic: "orders/create", kind: .duplicate, status: 200, isKnown: true),
                ReplayRecord(webhookID: "two", topic: "orders/create", kind: .forged, status: nil, failure: "timeout"),
            ]
            let file = try ReplayRecordFile(path: path)
            for record in records { file.append(record) }
            try await file.close()
            #expect(try ReplayRecordFile.records(at: path) == records)

            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            try whole.dropLast(5).write(to: URL(fileURLWithPath: path))
            #expect(try ReplayRecordFile.records(at: path) == Array(records.dropLast()))
        }
    }
}
