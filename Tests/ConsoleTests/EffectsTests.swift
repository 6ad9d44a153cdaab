import Bellhop
import Console
import Foundation
import HTTPCore
import InboxCore
import Testing

@Suite("Effects through the private door", .timeLimit(.minutes(5)))
struct EffectsTests {
    @Test("They are listed and shown")
    func listing() async throws {
        let (inbox, keys) = try await MemoryInbox.withTwoPosts()
        try await RunningConsole.open(effects: inbox) { console in
            let client = console.client()
            #expect(try await client.effects().map(\.key) == keys.reversed())
            #expect(try await client.effects(EffectFilter(destination: "erp")).map(\.key) == [keys[0]])
            let filter = EffectFilter(
                states: [.planned, .unknown], kind: .post, shop: Shop(domain: "kelp-and-cotton.myshopify.com"), limit: 1
            )
            #expect(try await client.effects(filter).map(\.key) == [keys[1]])
            let detail = try await client.effect(under: keys[1])
            #expect(detail.effect == .post(.init(to: "crm", ["n": 2])))
            #expect(detail.behind == keys[0])
            #expect(detail == (await inbox.effect(under: keys[1])))
        }
    }

    @Test("A list tells nothing of what they say")
    func listsWithoutContent() async throws {
        let (inbox, _) = try await MemoryInbox.withTwoPosts()
        try await RunningConsole.open(effects: inbox) { console in
            let body = try await console.send(path: "/api/effects").body
            #expect(!String(decoding: body, as: UTF8.self).contains("\"n\""))
        }
    }

    @Test("A person decides")
    func deciding() async throws {
        let (inbox, keys) = try await MemoryInbox.withTwoPosts()
        try await RunningConsole.open(effects: inbox) { console in
            let client = console.client()
            let dropped = try await client.decide(.drop, onEffect: keys[0])
            #expect(dropped.summary.state == .dropped)
            let next = try await client.effect(under: keys[1])
            #expect(next.behind == nil)
            let done = try await client.decide(.done, onEffect: keys[1])
            #expect(done.summary.state == .done)
            let planned = try await client.decide(.retry, onEffect: keys[0])
            #expect(planned.summary.state == .planned)
            let conflict = await #expect(throws: AdminClientError.self) {
                try await client.decide(.retry, onEffect: keys[1])
            }
            #expect(conflict?.code == .conflict)
        }
    }

    @Test("What is not there is said so", arguments: ["a/b/0", "a/b", "", "a//0", "../events/x"])
    func missing(key: String) async throws {
        try await RunningConsole.open { console in
            let error = await #expect(throws: AdminClientError.self) { try await console.client().effect(under: key) }
            #expect([.notFound, .invalidRequest].contains(error?.code))
        }
    }

    @Test("A filter that cannot be meant is refused", arguments: ["state=lost", "kind=mail", "shop=%20", "limit=0"])
    func strangeFilters(query: String) async throws {
        try await RunningConsole.open { console in
            let response = try await console.send(path: "/api/effects?\(query)")
            #expect(response.status == 400)
        }
    }

    @Test("Nobody decides without the token, and nothing else can be decided")
    func strangers() async throws {
        let (inbox, keys) = try await MemoryInbox.withTwoPosts()
        try await RunningConsole.open(effects: inbox) { console in
            let path = "/api/effects/\(keys[0])"
            let statuses = [
                try await console.send(.post, "\(path)/drop", headers: []).status,
                try await console.send(.post, "\(path)/explode").status,
                try await console.send(.get, "\(path)/drop").status,
            ]
            #expect(statuses == [401, 404, 404])
        }
        #expect(await inbox.effect(under: keys[0])?.summary.state == .planned)
    }
}

extension RunningConsole {
    fileprivate func send(path: String) async throws -> TransportResponse {
        try await send(.get, path)
    }
}
