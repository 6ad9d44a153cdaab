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

    /// A budget that learns from the ledger in between must not count too little.
    @Test func `the budgets hear of a cost before the ledger`() async throws {
        let ledger = FlakyLedger()
        let day = BudgetDay(number: 2026_11_24)
        let reservation = Reservation(
            id: UUID(), day: day, at: EngineStage.start, provider: "one", model: "a", task: .classification,
            worstCase: .cents(1))
        try ledger.reserve(reservation)
        ledger.settle(Settlement(id: reservation.id, cost: .unknown, generationID: "gen-1"))
        var configuration = ModelClientConfiguration.sample()
        configuration.providers[0].dialect = .openRouter
        configuration.budgets.budgets = [Budget(.all, daily: .cents(50))]
        let client = FallbackClient(
            configuration: configuration,
            transport: Answering { _ in
                TransportResponse(status: 200, body: Data(#"{"data":{"total_cost":0.002}}"#.utf8))
            }, ledger: ledger, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            time: TimeSource(
                uptime: { .zero }, date: { EngineStage.start }, sleep: { _ in throw CancellationError() }))
        try await client.recover()
        let account = BudgetAccount(scope: .all)
        #expect(client.core.charged(account) == .cents(1))
        let (charged, teller) = AsyncStream.makeStream(of: USD.self)
        ledger.onSettling.withLock { $0 = { teller.yield(client.core.charged(account)) } }
        var lookup = CostLookup(client: client)
        try await lookup.run()
        teller.finish()
        #expect(await charged.first { _ in true } == USD(nanos: 2_000_000))
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
