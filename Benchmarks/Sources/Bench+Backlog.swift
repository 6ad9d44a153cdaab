import Bellhop
import BenchmarkReport
import Foundation
import Synchronization

extension Bench {
    /// Memory of a server that has a backlog: right after its start, and while it works on it.
    func addBacklog(to section: inout Report.Section, events: Int) async throws {
        let data = try subfolder("backlog")
        progress("filling an inbox with \(events) ready events", 1)
        try await InboxFiller(folder: data, topic: "orders/create", handler: "order-created", body: try body())
            .fill(ready: events)
        progress("working on the backlog", 1)
        let measured = try await workingOnBacklog(data: data)
        let aim = Aim.under(80)
        section.add(
            "resident right after the start, \(events) ready, MiB", fixed(measured.atStart, 1),
            aim.verdict(on: measured.atStart))
        section.add(
            "the most resident while \(measured.finished) of them were finished in \(Int(Self.workingSeconds)) s, MiB",
            fixed(measured.most, 1), aim.verdict(on: measured.most))
    }

    private static let workingSeconds = 15.0

    private struct Working {
        var atStart = 0.0
        var most = 0.0
        var finished = 0
    }

    private func workingOnBacklog(data: URL) async throws -> Working {
        let result = Mutex(Working())
        let standInPort = try Port.free()
        let config = try configuration(standInPort: standInPort)
        try await serving(
            [bellhop, "stand-in", "--config", config.path, "--port", String(standInPort), "--log-level", "error"],
            port: standInPort
        ) { _ in
            let port = try Port.free()
            try await serving(
                bellhopCommand(port: port, data: data) + ["--config", config.path],
                environment: ["SHOPIFY_API_SECRET": Self.secret], port: port
            ) { server in
                let clock = ContinuousClock()
                let end = clock.now + .seconds(Self.workingSeconds)
                var working = Working()
                working.atStart = try Memory(of: server.process).resident
                while clock.now < end {
                    working.most = max(working.most, try Memory(of: server.process).resident)
                    try await Task.sleep(for: .milliseconds(50))
                }
                result.withLock { [working] in $0 = working }
            }
        }
        var working = result.withLock { $0 }
        working.finished = try await InboxFiller(folder: data).finishedEvents()
        guard working.finished > 0 else { throw MeasurementFailed(what: "the server worked on nothing") }
        return working
    }

    private func configuration(standInPort: Int) throws -> URL {
        let file = try subfolder("config").appending(path: "bellhop.yaml")
        let text = """
            providers:
              stand-in: { url: "http://127.0.0.1:\(standInPort)/v1", dialect: openrouter }
            models:
              cheap: { provider: stand-in, price: { prompt: 3, completion: 15 } }
            routing:
              default: cheap

            """
        try Data(text.utf8).write(to: file)
        return file
    }
}
