import Foundation
import ModelStandIn
import Subprocess
import Synchronization
import TortureJudge
import Vocabulary

/// The models: `bellhop stand-in`, which fails at random and keeps a bill.
struct Models: Sendable {
    let stage: Stage

    /// What goes wrong, and how often.
    private static let faults = [
        "rate_limited:1,share=0.02", "overloaded,share=0.02", "server_error,share=0.03", "slow:300,share=0.05",
        "cut_before_headers,share=0.01", "cut_mid_body,share=0.02", "reset_after_headers,share=0.01",
        "invalid_json,share=0.01", "schema_breaking,share=0.03", "missing_usage,share=0.01", "hang,share=0.002",
    ]

    /// Runs the models while `body` runs.
    ///
    /// - Parameter body: gets the base URL.
    func serving(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
        let found = Mutex<String?>(nil)
        let options = Self.faults.flatMap { ["--fault", "*=\($0)"] }
        let child = Child(
            command: [
                stage.bellhop, "stand-in", "--config", stage.config.path, "--answers", "samples/answers", "--port", "0",
                "--latency", "20", "--bill", stage.bill.path,
            ] + options, log: stage.file("stand-in.log"))
        let status = try await child.run(hears: { line in
            if let url = line.word(after: "url=") { found.withLock { $0 = url } }
        }) { process, ended in
            try await body(try await url(found, ended))
            if await ended.opens(within: .zero) { throw Broken("the stand-in ended by itself") }
            kill(process, SIGTERM)
        }
        guard status == .exited(0) else { throw Broken("the stand-in ended as \(status)") }
    }

    private func url(_ found: borrowing Mutex<String?>, _ ended: Latch) async throws -> String {
        while await !ended.opens(within: .milliseconds(20)) {
            if let url = found.withLock({ $0 }) { return url }
        }
        throw Broken(
            "the stand-in did not start: \(try String(contentsOf: stage.file("stand-in.log"), encoding: .utf8))")
    }

    func billed() throws -> [Facts.Billed] {
        try BillFile.entries(at: stage.bill.path).map {
            Facts.Billed(id: $0.id, model: $0.model, cost: $0.cost?.nanos ?? 0, fault: $0.fault)
        }
    }
}

extension String {
    /// What follows a label, up to white space.
    func word(after label: String) -> String? {
        range(of: label).map { String(self[$0.upperBound...].prefix { !$0.isWhitespace && $0 != "\"" }) }
    }
}
