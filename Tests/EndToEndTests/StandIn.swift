import Bellhop
import BellhopTesting
import Foundation
import Logging
import ModelStandIn
import ServiceTestSupport
import Subprocess
import Testing

/// The stand-in models, in this process, so that their bill outlives every server.
struct StandIn: Sendable {
    let port: Int
    /// What goes wrong, and what has arrived.
    let controls: StandInControls
    private let bill: Bill

    static func serving(_ body: (StandIn) async throws -> Void) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let bill = Bill()
        let answers = try CannedAnswers(folder: Project.root.appending(path: "samples/answers"))
        let price = ModelPrice(
            prompt: try #require(TokenPrice(dollarsPerMillion: 3)),
            completion: try #require(TokenPrice(dollarsPerMillion: 15)))
        try await RunningServer.run {
            StandInServer(
                configuration: StandInConfiguration(
                    answers: answers, prices: ["cheap": price, "dear": price, "writer": price],
                    latency: .milliseconds(5)),
                bill: bill, logger: logger, onRunning: $0)
        } during: { running in
            try await body(StandIn(port: running.port, controls: running.server.controls, bill: bill))
        }
    }

    var billed: USD { bill.statement.cost }
    var requests: Int { bill.statement.totals.map(\.requests).reduce(0, +) }

    /// How many requests for an answer of this type are on the bill.
    func requests(for answer: String) -> Int {
        bill.statement.requests.count { $0.answer == answer }
    }

    /// A configuration that has this stand-in as its only provider; creative work goes to a model without fallbacks.
    func configuration(in folder: URL, more: String = "") throws -> URL {
        let file = folder.appending(path: "bellhop.yaml")
        let text = """
            providers:
              stand-in: { url: "http://127.0.0.1:\(port)/v1", dialect: openrouter }
            models:
              cheap: { provider: stand-in, price: { prompt: 3, completion: 15 }, fallbacks: [dear] }
              dear: { provider: stand-in, price: { prompt: 3, completion: 15 } }
              writer: { provider: stand-in, price: { prompt: 3, completion: 15 } }
            routing:
              default: cheap
              classes: { creative: writer }

            """ + more
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file
    }

    /// Waits until so many requests for a model have arrived.
    func arrived(_ count: Int, for model: String) async throws {
        while controls.arrivals.arrivals[model] < count { try await Task.sleep(for: .milliseconds(5)) }
    }
}
