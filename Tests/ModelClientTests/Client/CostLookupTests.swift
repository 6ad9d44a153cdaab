import Foundation
import HTTPCore
import Logging
import Synchronization
import Testing
import Vocabulary

@testable import ModelClient

/// When a provider that does not tell a cost is asked again.
@Suite struct CostLookupTests {
    /// A client with unknown costs of two providers, of which the first is asked `count` times and the second once.
    private func lookup(_ count: Int, answering reply: @escaping Answering.Reply) async throws -> (
        CostLookup, Answering
    ) {
        let ledger = MemoryLedger()
        for number in 0..<count { try book("one", "gen-\(number)", in: ledger) }
        try book("two", "gen-two", in: ledger)
        var configuration = ModelClientConfiguration.sample()
        for index in configuration.providers.indices { configuration.providers[index].dialect = .openRouter }
        let transport = Answering(reply)
        let client = FallbackClient(
            configuration: configuration, transport: transport, ledger: ledger,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return (CostLookup(client: client), transport)
    }

    private func book(_ provider: String, _ generation: String, in ledger: MemoryLedger) throws {
        let id = UUID()
        try ledger.reserve(
            Reservation(
                id: id, day: BudgetDay(number: 20_261_124), at: Date(timeIntervalSince1970: 1_795_500_000),
                provider: provider, model: "a", task: .classification, worstCase: .cents(1)))
        ledger.settle(Settlement(id: id, cost: .unknown, generationID: generation))
    }

    @Test(arguments: [400, 401, 403, 404, 410])
    func `who does not want to tell is given up`(status: Int) async throws {
        var (lookup, transport) = try await lookup(1) { _ in TransportResponse(status: status, body: Data()) }
        for _ in 1...8 { try await lookup.run() }
        #expect(transport.hosts.filter { $0 == "one" }.count == 6)
    }

    @Test(arguments: [408, 429, 500, 503])
    func `who is busy or down is asked again`(status: Int) async throws {
        var (lookup, transport) = try await lookup(1) { _ in TransportResponse(status: status, body: Data()) }
        for _ in 1...8 { try await lookup.run() }
        #expect(transport.hosts.filter { $0 == "one" }.count == 8)
    }

    @Test func `who cannot be reached is asked once in a pass, and the others are asked all the same`() async throws {
        var (lookup, transport) = try await lookup(5) { host in
            guard host == "two" else { throw TransportError(.notConnected, "scripted", mayHaveBeenSent: false) }
            return TransportResponse(status: 404, body: Data())
        }
        try await lookup.run()
        #expect(transport.hosts == ["one", "two"])
        try await lookup.run()
        #expect(transport.hosts == ["one", "two", "one", "two"])
    }
}

/// Answers by the first label of the host, and remembers who was asked.
private final class Answering: Transport {
    typealias Reply = @Sendable (_ host: String) throws -> TransportResponse

    private let reply: Reply
    private let asked = Mutex<[String]>([])

    init(_ reply: @escaping Reply) {
        self.reply = reply
    }

    var hosts: [String] { asked.withLock { $0 } }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        let host = URL(string: request.url)?.host()?.split(separator: ".").first.map(String.init) ?? ""
        asked.withLock { $0.append(host) }
        return try reply(host)
    }
}
