import Bellhop
import Foundation
import Hummingbird
import InboxCore

/// The routes below `/api`.
struct AdminAPI: Sendable {
    let inbox: any Inbox
    let bindings: TopicBindings
    let details: @Sendable () async -> JSONValue

    func addRoutes(to group: RouterGroup<BasicRequestContext>) {
        group.get("health") { _, _ in try await health() }
        group.get("counts") { _, _ in try Response(json: try await inbox.counts()) }
        group.get("events") { request, _ in
            let filter = try EventFilter(query: request.uri.queryParameters)
            return try Response(json: EventList(events: try await inbox.list(filter)))
        }
        group.get("events/:id") { _, context in try Response(json: try await event(context)) }
        group.post("events/:id/retry") { _, context in try await retry(context) }
    }

    private func health() async throws -> Response {
        let isUp = (try? await inbox.counts()) != nil
        let health = Health(status: isUp ? .ok : .storage, details: await details())
        return try Response(json: health, status: isUp ? .ok : .serviceUnavailable)
    }

    private func event(_ context: BasicRequestContext) async throws -> EventDetail {
        guard let detail = try await inbox.detail(of: try context.parameters.require("id")) else {
            throw ConsoleError(.notFound, "not_found", "there is no event with this id")
        }
        return detail
    }

    private func retry(_ context: BasicRequestContext) async throws -> Response {
        let detail = try await event(context)
        let ready = try await inbox.retry(detail.deliveryID, handlers: bindings.handlers(for: detail.topic))
        return try Response(json: Retried(ready: ready))
    }
}
