import Bellhop
import Foundation
import InboxCore
import Terminal

/// Events as people read them.
enum EventTables {
    static func list(_ events: [EventSummary]) -> Table {
        var table = Table([
            .init("event"), .init("received"), .init("topic"), .init("shop"), .init("handler"), .init("state"),
            .init("tries", alignment: .right), .init("cost", alignment: .right),
            .init("reason", maxWidth: 60),
        ])
        for event in events {
            table.add(
                [
                    event.deliveryID, event.receivedAt.formatted(.iso8601), event.topic.rawValue,
                    event.shop.domain.shopName, event.handlerID, event.state.rawValue, String(event.attempts),
                    event.cost.description, reason(of: event),
                ].map { Table.Cell($0) })
        }
        return table
    }

    static func detail(_ event: EventDetail, style: Style) -> String {
        var parts = [facts(of: event).rendered(style)]
        for job in event.jobs {
            parts.append(facts(of: job).rendered(style))
            if !job.calls.isEmpty { parts.append(calls(job.calls).rendered(style)) }
            if !job.effects.isEmpty { parts.append(effects(job.effects).rendered(style)) }
        }
        return parts.joined(separator: "\n")
    }

    private static func facts(of event: EventDetail) -> Table {
        var table = Table([.init("event"), .init(event.deliveryID)])
        table.add(["topic", event.topic.rawValue].map { Table.Cell($0) })
        table.add(["shop", event.shop.domain].map { Table.Cell($0) })
        table.add(["resource", event.resource ?? "not told"].map { Table.Cell($0) })
        table.add(["webhook id", event.webhookID].map { Table.Cell($0) })
        table.add(["API version", event.apiVersion ?? "not told"].map { Table.Cell($0) })
        table.add(["triggered", event.triggeredAt?.formatted(.iso8601) ?? "not told"].map { Table.Cell($0) })
        table.add(["received", event.receivedAt.formatted(.iso8601)].map { Table.Cell($0) })
        table.add(["body", event.bodyBytes.byteSize].map { Table.Cell($0) })
        table.add(["duplicates", String(event.duplicates)].map { Table.Cell($0) })
        return table
    }

    /// One fact a line: reasons are told in full.
    private static func facts(of job: EventDetail.Job) -> Table {
        let event = job.summary
        var table = Table([.init("handler"), .init(event.handlerID.isEmpty ? "none" : event.handlerID)])
        var facts = [("state", event.state.rawValue), ("reason", reason(of: event))]
        let tries = [
            event.attempts.counted("attempt"), event.waits.counted("wait"), event.crashes.counted("crash", "crashes"),
        ]
        facts.append(("tries", tries.joined(separator: ", ")))
        facts += [("cost", event.cost.description), ("until", event.waitingUntil?.formatted(.iso8601) ?? "")]
        facts += [("finished", event.finishedAt?.formatted(.iso8601) ?? "")]
        facts += [("covered by", job.coveredBy ?? ""), ("covers", job.covers.joined(separator: ", "))]
        for (name, value) in facts where !value.isEmpty { table.add([Table.Cell(name), Table.Cell(value)]) }
        return table
    }

    private static func reason(of event: EventSummary) -> String {
        if let reason = event.reason { return reason }
        return event.isBehind ? "an older event about the same resource goes first" : ""
    }

    static func calls(_ calls: [CallRecord]) -> Table {
        var table = Table([
            .init("question"), .init("class"), .init("task"), .init("request to"),
            .init("status", alignment: .right), .init("ms", alignment: .right),
            .init("cost", alignment: .right), .init("result", maxWidth: 60),
        ])
        for call in calls {
            if call.attempts.isEmpty {
                table.add(
                    [
                        call.step, call.routingClass.rawValue, call.task.rawValue, call.model ?? "nobody", "none", "0",
                        call.cost.description, call.journal?.words ?? "not asked",
                    ].map { Table.Cell($0) })
            }
            for attempt in call.attempts {
                table.add(
                    [
                        call.step, call.routingClass.rawValue, call.task.rawValue, attempt.model,
                        attempt.status.map(String.init) ?? "none", String(attempt.milliseconds),
                        attempt.cost?.description ?? "unknown",
                        attempt.failure ?? call.journal.map { "accepted; \($0.words)" } ?? "accepted",
                    ].map { Table.Cell($0) })
            }
        }
        return table
    }

    private static func effects(_ effects: [PlannedEffect]) -> Table {
        var table = Table([
            .init("effect"), .init("on"), .init("what", maxWidth: 80), .init("state"),
            .init("tries", alignment: .right), .init("reason", maxWidth: 60),
        ])
        for planned in effects {
            table.add([
                .init(planned.effect.kind.rawValue), .init(planned.effect.place), .init(planned.effect.summary),
                .init(planned.state.rawValue, tint: planned.state.tint), .init(String(planned.attempts)),
                .init(EffectTables.reason(planned.reason, due: planned.due)),
            ])
        }
        return table
    }
}

extension CallRecord.JournalUse {
    /// How the question met the journal, for a table.
    var words: String {
        switch self {
        case .recorded: "recorded answer"
        case .changed: "another question than the recorded one"
        case .outdated: "the recorded answer no longer passes the checks"
        case .missing: "no answer is recorded"
        }
    }
}

extension Effect {
    /// Where it takes place: a resource of the shop, or a destination.
    var place: String {
        switch self {
        case .tag(let id, _), .note(let id, _), .metafield(let id, _): id.gid
        case .post(let post): post.destination
        }
    }

    /// What it does, in one line.
    var summary: String {
        switch self {
        case .tag(_, let tags): tags.joined(separator: ", ")
        case .note(_, let text): text
        case .metafield(_, let field): "\(field.namespace).\(field.key) = \(field.value)"
        case .post(let post):
            (try? post.body.canonicalData()).map { String(decoding: $0.prefix(200), as: UTF8.self) } ?? ""
        }
    }
}

extension String {
    /// A shop's domain without the end that they have in common.
    var shopName: String {
        let end = ".myshopify.com"
        return hasSuffix(end) ? String(dropLast(end.count)) : self
    }
}
