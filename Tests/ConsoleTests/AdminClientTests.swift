import Bellhop
import Console
import Foundation
import HTTPCore
import InboxCore
import Testing

@Suite("The admin client against the private door", .timeLimit(.minutes(5)))
struct AdminClientTests {
    private func expect(_ code: AdminClientError.Code, saying words: String, _ ask: () async throws -> Void) async {
        let error = await #expect(throws: AdminClientError.self) { try await ask() }
        #expect(error?.code == code)
        #expect(error?.message.contains(words) == true)
    }

    @Test("It reads what the server says")
    func reading() async throws {
        let inbox = ShelfInbox()
        try await RunningConsole.open(inbox: inbox) { console in
            let client = console.client()
            let health = Health(status: .ok, storage: StorageCondition(.working), details: ["accepted": 7])
            #expect(try await client.health() == health)
            #expect(try await client.counts().jobs == [.done: 5, .held: 1])
            let filter = EventFilter(
                states: [.held, .waiting], topic: "orders/create", shop: Shop(domain: "a.myshopify.com"), limit: 3)
            let events = try await client.events(filter)
            #expect(events == [ShelfInbox.summary("b", .held), ShelfInbox.summary("a", .done)])
            #expect(inbox.filters == [filter])
            let event = try await client.event("a")
            #expect(event.bodyBytes == 11_000)
            #expect(event.jobs.map(\.summary) == [ShelfInbox.summary("a", .held)])
        }
    }

    @Test("A retry takes the handlers that are bound now")
    func retry() async throws {
        let inbox = ShelfInbox()
        try await RunningConsole.open(inbox: inbox) { console in
            let ready = try await console.client().retry("a")
            #expect(ready == 2)
            await expect(.conflict, saying: "already") { _ = try await console.client().retry("b") }
            await expect(.notFound, saying: "no event") { _ = try await console.client().retry("c") }
        }
        #expect(inbox.retried == ["a": ["order-created", "greeter"]])
    }

    @Test("An id is one part of the path, whatever stands in it", arguments: ["../counts", "a/retry", "a?x", "é%", ""])
    func strangeIDs(id: String) async throws {
        try await RunningConsole.open { console in
            let error = await #expect(throws: AdminClientError.self) { try await console.client().event(id) }
            #expect([.notFound, .unexpectedAnswer].contains(error?.code))
        }
    }

    @Test("A wrong token says what to set")
    func wrongToken() async throws {
        try await RunningConsole.open { console in
            await expect(.unauthorized, saying: "BELLHOP_ADMIN_TOKEN") {
                _ = try await console.client(token: "wrong").counts()
            }
        }
    }

    @Test("A server that is not running says how to start it")
    func notRunning() async throws {
        var url = ""
        try await RunningConsole.open { url = $0.url }
        let client = AdminClient(baseURL: url, token: AdminToken("x"), transport: SessionTransport())
        await expect(.notRunning, saying: "bellhop serve") { _ = try await client.counts() }
    }

    @Test("A failing inbox is told as such, and health still answers")
    func broken() async throws {
        try await RunningConsole.open(inbox: ShelfInbox(isBroken: true)) { console in
            await expect(.unavailable, saying: "the disk is full") { _ = try await console.client().events() }
            let health = try await console.client().health()
            #expect(health.status == .storage)
        }
    }

    @Test("An answer that is none of ours is told as such")
    func notOurs() async throws {
        struct Elsewhere: Transport {
            func send(_ request: TransportRequest) async throws -> TransportResponse {
                TransportResponse(status: 200, body: Data("<html>".utf8))
            }
        }
        let client = AdminClient(baseURL: "http://127.0.0.1:1", token: AdminToken("x"), transport: Elsewhere())
        await expect(.unexpectedAnswer, saying: "check the admin address") { _ = try await client.counts() }
    }
}
