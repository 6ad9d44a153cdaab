import Bellhop
import Hummingbird
import InboxCore
import ServiceLifecycle

/// The routes that have the workers do something.
extension AdminAPI {
    func addWorkerRoutes(to group: RouterGroup<BasicRequestContext>) {
        group.get("handlers") { _, _ in try await handlers() }
        group.post("handlers/:id/resume") { _, context in try await resume(context) }
        group.post("events/:id/rehearsal") { request, context in try await rehearse(request, context) }
    }

    private func handlers() async throws -> Response {
        let pauses = await workers?.pauses() ?? []
        return try Response(json: HandlerList(handlers: HandlerStatus.all(bindings(), pauses: pauses)))
    }

    private func resume(_ context: BasicRequestContext) async throws -> Response {
        let id = try context.parameters.require("id")
        if await workers?.resume(id) == true { return try Response(json: Resumed(resumed: id)) }
        guard HandlerStatus.all(bindings(), pauses: []).contains(where: { $0.id == id }) else {
            throw ConsoleError(.notFound, "not_found", "no handler with this id is bound to a topic")
        }
        throw ConsoleError(.conflict, "not_paused", "this handler is not paused")
    }

    /// Reads `source`, `models` when it is missing, and `handler`, all when it is missing.
    private func rehearse(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        guard let workers else {
            throw ConsoleError(.conflict, "no_workers", "this server runs no handlers")
        }
        let query = request.uri.queryParameters
        let word = query["source"].map(String.init) ?? RehearsalSource.models.rawValue
        guard let source = RehearsalSource(rawValue: word) else {
            let allowed = RehearsalSource.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConsoleError(.badRequest, "unknown_source", "source must be one of: \(allowed)")
        }
        let id = try context.parameters.require("id")
        let handlerID = query["handler"].map(String.init)
        // A server that stops does not wait for models on behalf of a rehearsal.
        let runs = try await cancelWhenGracefulShutdown { try await workers.rehearse(id, source, handlerID) }
        guard !runs.isEmpty else {
            throw ConsoleError(
                .conflict, "no_handler",
                handlerID == nil ? "no handler is bound to the topic of this event" : "the event has no such handler")
        }
        return try Response(json: Rehearsed(runs: runs))
    }
}
