import Foundation
import HTTPTransport
import Logging
import ModelClient
import ModelStandIn
import ServiceTestSupport
import Synchronization
import Testing
import Vocabulary

/// A fallback client over libcurl, and a stand-in on loopback that it asks: everything is real but the waits.
struct StandInStage {
    let client: FallbackClient
    let time: VirtualTime
    /// An element for each request that has arrived.
    let arrivals: AsyncStream<Void>
    private let billing: Bill

    var bill: BillStatement { billing.statement }

    /// Starts both, runs the body and stops both.
    ///
    /// - Parameters:
    ///   - standIn: gets the price list of the client's models.
    ///   - inRealTime: for streams, whose silences are measured while they last.
    ///   - adjust: changes the client's configuration, see ``configuration(baseURL:)``.
    static func with<Result: Sendable>(
        _ standIn: StandInConfiguration = StandInConfiguration(), inRealTime: Bool = false,
        ledger: (any Ledger)? = nil, adjust: (inout ModelClientConfiguration) -> Void = { _ in },
        _ body: (StandInStage) async throws -> Result
    ) async throws -> Result {
        var standIn = standIn
        standIn.prices = try prices()
        let bill = Bill()
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let transport = CurlTransport()
        return try await RunningServer.run { [standIn] in
            StandInServer(
                configuration: standIn, bill: bill, logger: logger,
                now: {
                    // The server looks at its clock once for each request.
                    arrived.yield()
                    return Date(timeIntervalSince1970: 1_795_341_600)
                },
                onRunning: $0)
        } during: { server in
            var configuration = configuration(baseURL: "http://127.0.0.1:\(server.port)/v1")
            adjust(&configuration)
            let time = VirtualTime()
            let client = FallbackClient(
                configuration: configuration, transport: transport, ledger: ledger, logger: logger,
                time: inRealTime ? .system : time.source, chance: { 1 })
            let stage = StandInStage(client: client, time: time, arrivals: arrivals, billing: bill)
            let result: Swift.Result<Result, any Error>
            do {
                result = .success(try await body(stage))
            } catch {
                result = .failure(error)
            }
            await transport.close()
            return try result.get()
        }
    }

    /// The models "first" and "second" at the provider "one" and "third" at "two", tried in this order.
    private static func configuration(baseURL: String) -> ModelClientConfiguration {
        ModelClientConfiguration(
            providers: [
                Provider(name: "one", baseURL: baseURL, dialect: .openRouter),
                Provider(name: "two", baseURL: baseURL, dialect: .openRouter),
            ],
            models: [
                .sample("first", fallbacks: ["second", "third"]), .sample("second"), .sample("third", provider: "two"),
            ],
            routing: RoutingMatrix(defaultModel: "first"))
    }

    /// Those of `Model.sample`.
    private static func prices() throws -> [String: ModelPrice] {
        let price = ModelPrice(
            prompt: try #require(TokenPrice(picos: 1_000_000)), completion: try #require(TokenPrice(picos: 10_000_000)))
        return ["first": price, "second": price, "third": price]
    }
}
