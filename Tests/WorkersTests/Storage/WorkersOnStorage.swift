import Bellhop
import Foundation
import InboxCore
import InboxSQLite
import Logging
import ServiceLifecycle
import Workers

/// Runs the body with a folder that is removed afterwards.
func withTemporaryFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bellhop-workers-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// Runs workers with the handler ``Obedient`` while the body runs, then stops them gracefully.
///
/// - Parameter others: run beside them.
func withWorkers<T: Sendable>(
    on inbox: any Inbox, stage: Stage? = nil, terms: SubscriptionTerms = SubscriptionTerms(),
    guards: EventGuards = EventGuards(), watch: HandlerWatch = HandlerWatch(), pauses: PauseRules = PauseRules(),
    maxAttempts: Int = 3, beside others: [any Service] = [], _ body: () async throws -> T
) async throws -> T {
    var table = HandlerTable()
    let settings: JSONValue = stage.map { ["stage": .string($0.name)] } ?? [:]
    table.bind(try RegisteredHandler(Obedient.self, settings: settings, terms: terms), to: "tests/run")
    let runner = Fixture.runner(
        ScriptedModels([]), table: table, maxAttempts: maxAttempts, pauses: pauses, guards: guards, now: { Date() })
    let pool = WorkerPool(
        configuration: .init(concurrency: 1), inbox: inbox, runner: { runner }, watch: watch, logger: .quiet)
    let services = ServiceGroup(services: others + [pool], logger: .quiet)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await services.run() }
        let value = try await body()
        await services.triggerGracefulShutdown()
        try await group.waitForAll()
        return value
    }
}

extension Inbox {
    /// Stores a delivery that tells ``Obedient`` what to do.
    ///
    /// - Returns: its id.
    func store(order: String, webhookID: String = "w-1") async throws -> String {
        let delivery = try Fixture.delivery(#"{"order":"\#(order)"}"#, webhookID: webhookID)
        switch try await accept(delivery, handlers: ["obedient"], holdReason: nil) {
        case .stored(let id), .duplicate(let id): return id
        }
    }

    /// Waits until the delivery's job stands there; the suite's time limit is the deadline.
    func reaches(_ state: JobState.Name, _ deliveryID: String) async throws {
        while try await detail(of: deliveryID)?.jobs.first?.summary.state != state {
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

extension Logger {
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
