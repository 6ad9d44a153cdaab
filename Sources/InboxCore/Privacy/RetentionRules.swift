/// How long what is kept. `nil` keeps it for as long as there is room.
package struct RetentionRules: Sendable, Hashable {
    /// Bodies, headers, models' answers and the contents of effects, after their delivery came.
    package var payloads: Duration? = .seconds(30 * 86_400)
    /// Deliveries with their outcomes and records of calls.
    package var history: Duration? = .seconds(90 * 86_400)
    /// What models cost.
    package var ledger: Duration? = .seconds(400 * 86_400)
    /// Bytes of the database in use, beyond which the oldest finished payloads go early.
    package var maxBytes: Int? = 10 << 30

    package init() {}
}

/// One of the things that end by age.
package enum Retained: Sendable, Hashable {
    case payloads, history, ledger
}
