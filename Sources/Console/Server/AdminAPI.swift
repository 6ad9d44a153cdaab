import Bellhop
import Foundation
import Hummingbird
import InboxCore
import ModelClient

/// The routes below `/api`.
struct AdminAPI: Sendable {
    /// More rows are no report for people, and would take room here and there.
    private static let maxCostRows = 10_000

    let inbox: any Inbox
    let effects: any EffectQueue
    let ledger: any Ledger
    /// Per cent; asked for each report.
    let creditFee: @Sendable () -> Decimal
    /// `nil` when the inbox keeps nothing.
    let privacy: (any PrivacyStore)?
    /// Asked for each retry.
    let bindings: @Sendable () -> TopicBindings
    let details: @Sendable () async -> JSONValue
    let refusals: @Sendable () -> RefusalReport
    /// `nil` when the configuration was not read from files.
    let reload: (@Sendable () async -> ReloadOutcome)?
    /// `nil` where no handlers run.
    let workers: WorkerDesk?

    func addRoutes(to group: RouterGroup<BasicRequestContext>) {
        group.get("health") { _, _ in try await health() }
        group.get("refusals") { _, _ in try Response(json: refusals()) }
        group.get("counts") { _, _ in try Response(json: try await inbox.counts()) }
        group.get("events") { request, _ in
            let filter = try EventFilter(query: request.uri.queryParameters)
            return try Response(json: EventList(events: try await inbox.list(filter)))
        }
        group.get("events/:id") { _, context in try Response(json: try await event(context)) }
        group.post("events/:id/retry") { request, context in try await retry(request, context) }
        group.get("dead") { request, _ in
            try Response(json: try await deadGroups(limit: EventFilter(query: request.uri.queryParameters).limit))
        }
        group.post("dead/:fingerprint/retry") { request, context in
            let batch = try RetryBatch(context.parameters.require("fingerprint"), query: request.uri.queryParameters)
            return try Response(json: try await retry(batch))
        }
        group.get("costs") { request, _ in
            try Response(json: try await costs(CostQuery(query: request.uri.queryParameters)))
        }
        addEffectRoutes(to: group)
        group.get("privacy") { request, _ in try await privacyOverview(request) }
        group.get("privacy/:id") { _, context in try await privacyRecord(try context.parameters.require("id")) }
        group.get("privacy/exports/:id") { _, context in try await export(try context.parameters.require("id")) }
        group.post("reload") { _, _ in try await reloaded() }
        addWorkerRoutes(to: group)
    }

    private func health() async throws -> Response {
        let condition = await inbox.condition
        let answers = (try? await inbox.counts()) != nil
        let isUp = answers && condition.state != .failing
        let health = Health(status: isUp ? .ok : .storage, storage: condition, details: await details())
        return try Response(json: health, status: isUp ? .ok : .serviceUnavailable)
    }

    private func event(_ context: BasicRequestContext) async throws -> EventDetail {
        guard let detail = try await inbox.detail(of: try context.parameters.require("id")) else {
            throw ConsoleError(.notFound, "not_found", "there is no event with this id")
        }
        return detail
    }

    /// Reads `anew`, which is `no` when it is missing.
    private func retry(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let anew = request.uri.queryParameters["anew"] ?? "no"
        guard ["yes", "no"].contains(anew) else {
            throw ConsoleError(.badRequest, "invalid_anew", "anew must be yes or no")
        }
        let detail = try await event(context)
        let ready = try await inbox.retry(
            detail.deliveryID, handlers: bindings().handlers(for: detail.topic), anew: anew == "yes")
        return try Response(json: Retried(ready: ready))
    }

    private func costs(_ query: CostQuery) async throws -> CostReport {
        let rows = try await ledger.report(query)
        guard rows.count <= Self.maxCostRows else {
            throw ConsoleError(
                .badRequest, "too_many_rows",
                "the report would have \(rows.count) rows; ask for fewer days, or leave out a word of by")
        }
        return CostReport(by: query.groups, rows: rows, creditFee: creditFee())
    }
}
