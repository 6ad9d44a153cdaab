import Bellhop
import Console
import Foundation
import HTTPCore
import InboxCore
import Logging
import ModelClient
import Testing

@Suite("The admin API", .timeLimit(.minutes(5)))
struct AdminAPITests {
    @Test("Without the token every path answers 401")
    func unauthorized() async throws {
        let wrong: [[(name: String, value: String)]] = [
            [], [("Authorization", "Bearer")], [("Authorization", "Bearer ")], [("Authorization", "Bearer wrong")],
            [("Authorization", "Bearer \(RunningConsole.token)x")], [("Authorization", RunningConsole.token)],
            [("Authorization", "Basic \(RunningConsole.token)")],
            [("Authorization", "Bearer \(RunningConsole.token.dropLast())")],
        ]
        try await RunningConsole.open { console in
            for headers in wrong {
                for path in ["/api/health", "/api/events/a", "/nowhere"] {
                    let response = try await console.send(.get, path, headers: headers)
                    #expect(response.status == 401)
                    #expect(response.header("WWW-Authenticate") == "Bearer")
                    #expect(!String(decoding: response.body, as: UTF8.self).contains(RunningConsole.token))
                }
            }
            #expect(
                try await console.send(
                    .get, "/api/health", headers: [("authorization", "bearer \(RunningConsole.token)")]
                ).status == 200)
        }
    }

    @Test("An empty token keeps the door shut")
    func emptyToken() async throws {
        let door = PrivateDoor(
            configuration: PrivateDoorConfiguration(port: 0, token: AdminToken("")), inbox: ShelfInbox(),
            effects: MemoryInbox(),
            ledger: MemoryLedger(), bindings: { TopicBindings([:]) }, logger: Logger(label: "console"))
        await #expect(throws: PrivateDoorError.self) { try await door.run() }
    }

    @Test("A token shows itself in no text")
    func redaction() {
        let token = AdminToken("hunter2")
        var dumped = ""
        dump(PrivateDoorConfiguration(token: token), to: &dumped)
        for text in ["\(token)", String(reflecting: token), "\(PrivateDoorConfiguration(token: token))", dumped] {
            #expect(!text.contains("hunter2"))
        }
    }

    @Test("What is not there is 404 in JSON", arguments: ["/", "/api", "/api/nothing", "/api/events/none", "/healthz"])
    func notFound(path: String) async throws {
        try await RunningConsole.open { console in
            let response = try await console.send(.get, path)
            #expect(response.status == 404)
            #expect(try JSONValue(parsing: response.body)["reason"] == "not_found")
        }
    }

    @Test("An unknown state is refused, and the known ones are named")
    func unknownState() async throws {
        try await RunningConsole.open { console in
            let response = try await console.send(.get, "/api/events?state=held,lost")
            #expect(response.status == 400)
            let error = try #require(try JSONValue(parsing: response.body)["error"]?.string)
            #expect(error.contains("ready, running, waiting, held, done, skipped, dead"))
        }
    }

    @Test("A filter that cannot be meant is refused", arguments: ["limit=0", "limit=1001", "limit=x", "shop=none"])
    func badFilter(query: String) async throws {
        try await RunningConsole.open { console in
            let response = try await console.send(.get, "/api/events?\(query)")
            #expect(response.status == 400)
        }
    }

    @Test("Filters reach the inbox; empty ones filter nothing")
    func filters() async throws {
        let inbox = ShelfInbox()
        try await RunningConsole.open(inbox: inbox) { console in
            _ = try await console.send(
                .get, "/api/events?state=held,dead&topic=orders%2Fcreate&shop=Kelp-And-Cotton.myshopify.com&limit=7")
            _ = try await console.send(.get, "/api/events?state=&topic=&shop=")
        }
        #expect(
            inbox.filters == [
                EventFilter(
                    states: [.held, .dead], topic: "orders/create", shop: Shop(domain: "kelp-and-cotton.myshopify.com"),
                    limit: 7), EventFilter(),
            ])
    }

    @Test("JSON for people: dates with milliseconds, counts by state, nothing for a cache to keep")
    func json() async throws {
        try await RunningConsole.open { console in
            let events = try await console.send(.get, "/api/events")
            #expect(events.header("Content-Type") == "application/json")
            #expect(events.header("Cache-Control") == "no-store")
            let first = try JSONValue(parsing: events.body)["events"]?[0]
            #expect(first?["received_at"] == "2026-11-18T17:42:17.125Z")
            let event = try JSONValue(parsing: try await console.send(.get, "/api/events/a").body)
            #expect(event["received_at"] == "2026-11-18T17:42:17.123Z")
            #expect(first?["state"] == "held")
            let counts = try JSONValue(parsing: try await console.send(.get, "/api/counts").body)
            #expect(counts["jobs"] == ["done": 5, "held": 1])
            let health = try JSONValue(parsing: try await console.send(.get, "/api/health").body)
            #expect(health == ["status": "ok", "storage": ["state": "working"], "details": ["accepted": 7]])
        }
    }
}
