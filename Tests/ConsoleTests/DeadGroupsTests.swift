import Bellhop
import Console
import Foundation
import HTTPCore
import InboxCore
import Testing

@Suite("What failed, through the admin API", .timeLimit(.minutes(5)))
struct DeadGroupsTests {
    private let fingerprint = ShelfInbox.group.fingerprint

    @Test("Groups come through as they are")
    func groups() async throws {
        try await RunningConsole.open { console in
            let before = Date()
            let dead = try await console.client().deadGroups()
            #expect(dead.groups == [ShelfInbox.group])
            #expect(dead.asOf.timeIntervalSince(before) > -1)
            let json = try JSONValue(parsing: try await console.send(.get, "/api/dead").body)
            #expect(json["groups"]?[0]?["fingerprint"] == .string(fingerprint))
            #expect(json["groups"]?[0]?["expected_cost_nanos"] == 2_500_000_000)
        }
    }

    @Test("A group is run again in batches until nothing is left")
    func batches() async throws {
        let inbox = ShelfInbox()
        let latest = Date(timeIntervalSince1970: 1_795_023_800.125)
        try await RunningConsole.open(inbox: inbox) { console in
            let client = console.client()
            var ready: [Int] = []
            for _ in 0..<4 { ready.append(try await client.retry(group: fingerprint, failedBy: latest)) }
            #expect(ready == [100, 100, 50, 0])
        }
        #expect(Set(inbox.batches) == [.init(fingerprint: fingerprint, failedBy: latest, limit: 100)])
    }

    @Test(
        "What cannot be meant is refused",
        arguments: [
            "0/retry", "zzzzzzzzzzzzzzzz/retry", "00f0a1b2c3d4e5f6/retry?limit=0", "00f0a1b2c3d4e5f6/retry?limit=501",
            "00f0a1b2c3d4e5f6/retry?before=yesterday",
        ])
    func refused(path: String) async throws {
        let inbox = ShelfInbox()
        try await RunningConsole.open(inbox: inbox) { console in
            let response = try await console.send(.post, "/api/dead/\(path)")
            #expect(response.status == 400)
        }
        #expect(inbox.batches.isEmpty)
    }

    @Test("A retry that names no moment means all that failed until now")
    func now() async throws {
        let inbox = ShelfInbox()
        try await RunningConsole.open(inbox: inbox) { console in
            let response = try await console.send(.post, "/api/dead/\(fingerprint)/retry?limit=7")
            #expect(try JSONValue(parsing: response.body) == ["ready": 7])
        }
        let batch = try #require(inbox.batches.first)
        #expect(abs(batch.failedBy.timeIntervalSinceNow) < 60)
    }
}
