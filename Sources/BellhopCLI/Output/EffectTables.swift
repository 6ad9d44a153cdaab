import Bellhop
import Foundation
import InboxCore
import Terminal

/// Effects as people read them.
enum EffectTables {
    static func list(_ effects: [EffectSummary]) -> Table {
        var table = Table([
            .init("effect"), .init("planned"), .init("kind"), .init("to"), .init("shop"), .init("state"),
            .init("tries", alignment: .right), .init("reason", maxWidth: 60),
        ])
        for effect in effects {
            table.add([
                .init(effect.key), .init(effect.plannedAt.formatted(.iso8601)), .init(effect.lane.kind.rawValue),
                .init(effect.lane.destination ?? "Shopify"), .init(effect.shop.domain),
                .init(effect.state.rawValue, tint: effect.state.tint), .init(String(effect.attempts)),
                .init(isUndeliverable(effect) ? undeliverable : reason(effect.reason, due: effect.due)),
            ])
        }
        return table
    }

    private static let undeliverable = "effects of this kind are not delivered yet"

    private static func isUndeliverable(_ effect: EffectSummary) -> Bool {
        effect.state == .planned && effect.lane.kind != .post
    }

    static func detail(_ detail: EffectDetail, style: Style) -> String {
        let effect = detail.summary
        var table = Table([.init("effect"), .init(effect.key)])
        func add(_ name: String, _ value: String) { table.add([.init(name), .init(value)]) }
        add("event", effect.deliveryID)
        add("handler", effect.handlerID)
        add("shop", effect.shop.domain)
        add("kind", effect.lane.kind.rawValue)
        add("on", detail.effect.place)
        add("what", detail.effect.summary)
        table.add([.init("state"), .init(effect.state.rawValue, tint: effect.state.tint)])
        add("tries", String(effect.attempts))
        add("planned", effect.plannedAt.formatted(.iso8601))
        if let ended = effect.endedAt { add("since", ended.formatted(.iso8601)) }
        let reason = reason(effect.reason, due: effect.due)
        if !reason.isEmpty { add("reason", reason) }
        if let behind = detail.behind { add("waits for", behind) }
        return table.rendered(style) + advice(on: detail).map { "\n\($0)\n" }.joined()
    }

    static func reason(_ reason: String?, due: Date?) -> String {
        guard let due else { return reason ?? "" }
        let next = "next try at \(due.formatted(.iso8601))"
        return reason.map { "\($0); \(next)" } ?? next
    }

    /// What a person can do about it.
    private static func advice(on detail: EffectDetail) -> [String] {
        let key = detail.summary.key
        switch detail.summary.state {
        case .unknown:
            return [
                """
                Nobody knows whether it happened. Look at \(detail.effect.place) for the key \(key), then:
                  it is there:      bellhop effects done \(key)
                  it is not there:  bellhop effects retry \(key)
                  nobody needs it:  bellhop effects drop \(key)
                """
            ]
        case .failed:
            return [
                """
                It did not happen. When the reason is mended: bellhop effects retry \(key)
                If nobody needs it: bellhop effects drop \(key)
                """
            ]
        case .planned where isUndeliverable(detail.summary):
            return ["\(undeliverable.prefix(1).uppercased())\(undeliverable.dropFirst()); they stay planned."]
        case .planned, .sending, .done, .dropped: return []
        }
    }
}

extension EffectState.Name {
    var tint: Tint? {
        switch self {
        case .planned, .sending, .dropped: nil
        case .done: .success
        case .unknown: .warning
        case .failed: .failure
        }
    }
}
