import BellhopTesting
import Foundation
import Logging
import ModelStandIn
import ServiceTestSupport

/// Stand-in models in this process that give the answers of a test.
enum AnsweringStandIn {
    /// Runs the body with the port, then stops.
    static func serving(_ answers: [CannedAnswer], _ body: (Int) async throws -> Void) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        try await RunningServer.run {
            StandInServer(
                configuration: StandInConfiguration(answers: CannedAnswers(answers)), bill: Bill(), logger: logger,
                onRunning: $0)
        } during: {
            try await body($0.port)
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
