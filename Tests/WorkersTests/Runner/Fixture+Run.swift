import Bellhop
import HTTPCore
import InboxCore
import Workers

extension Fixture {
    /// Runs the handler on a body once; the models answer with these replies.
    static func run(
        _ body: String, models replies: [TransportResponse] = [], attempt: Int = 1,
        bounds: EventBounds = EventBounds()
    ) async throws -> JobResult {
        let runner = runner(ScriptedModels(replies), table: try table(), bounds: bounds)
        return try await runner.run(try claim(body, attempt: attempt))
    }
}

/// An outcome that the test did not expect.
struct Unexpected: Error {
    let outcome: String

    init(_ outcome: JobResult.Outcome) {
        self.outcome = "\(outcome)"
    }
}
