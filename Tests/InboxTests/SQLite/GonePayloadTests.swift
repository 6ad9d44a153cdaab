import Foundation
import InboxCore
import Testing

@testable import InboxSQLite

/// Jobs whose payload was deleted stay what they are: nobody can run them again.
@Suite(.timeLimit(.minutes(5))) struct GonePayloadTests {
    @Test func `a dead job without its payload belongs to no group and is not run again with one`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let fingerprint = ErrorFingerprint(handlerID: "orders", kind: "odd", detail: "")
            for number in 1...2 {
                _ = try await inbox.store(Sample.delivery("w\(number)"))
                let claim = try await inbox.claimOne()
                let result = Sample.result(.dead(reason: "odd"), fingerprint: fingerprint)
                #expect(try await inbox.finish(claim, with: result))
            }
            try await inbox.writer.submit(ExpireCommand(deliveries: [1]))

            let group = try #require(try await inbox.deadGroups(limit: 9).first)
            #expect(group.count == 1)
            #expect(group.shops.map(\.count) == [1])
            #expect(try await inbox.retry(group: fingerprint, failedBy: Sample.time(99), limit: 9) == 1)
            #expect(try await inbox.claim(at: 100).map(\.delivery.webhookID) == ["w2"])
            #expect(try await inbox.counts().jobs == [.dead: 1, .running: 1])
            #expect(try await inbox.deadGroups(limit: 9).isEmpty)
            await inbox.close()
        }
    }
}
