import BellhopTesting
import Foundation
import Logging
import ModelStandIn
import ServiceLifecycle

/// Stand-in models in this process that give the answers of a test.
enum AnsweringStandIn {
    /// Runs the body with the port, then stops.
    static func serving(_ answers: [CannedAnswer], _ body: (Int) async throws -> Void) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let (ports, portFound) = AsyncStream.makeStream(of: Int.self)
        let server = StandInServer(
            configuration: StandInConfiguration(answers: CannedAnswers(answers)), bill: Bill(), logger: logger,
            onRunning: { portFound.yield($0) })
        let services = ServiceGroup(configuration: .init(services: [server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { portFound.finish() }
                try await services.run()
            }
            let result: Result<Void, any Error>
            do {
                guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
                result = .success(try await body(port))
            } catch {
                result = .failure(error)
            }
            await services.triggerGracefulShutdown()
            try result.get()
        }
    }

    /// A configuration that has this stand-in as its only provider.
    static func configuration(port: Int, in folder: URL) throws -> URL {
        let file = folder.appending(path: "bellhop.yaml")
        let text = """
            providers:
              stand-in: { url: "http://127.0.0.1:\(port)/v1", dialect: openrouter }
            models:
              cheap: { provider: stand-in, price: { prompt: 0.1, completion: 0.4 } }
            routing:
              default: cheap
            """
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file
    }
}
