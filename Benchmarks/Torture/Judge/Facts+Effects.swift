extension Facts {
    /// Effects from both sides.
    package struct Effects: Sendable {
        package var planned: [Planned]
        /// In the order in which they came.
        package var receipts: [Receipt]

        package init(planned: [Planned], receipts: [Receipt]) {
            self.planned = planned
            self.receipts = receipts
        }
    }

    /// An effect in the database.
    package struct Planned: Sendable, Hashable {
        package var key: String
        package var state: String
        package var reason: String?

        package init(key: String, state: String, reason: String? = nil) {
            self.key = key
            self.state = state
            self.reason = reason
        }
    }

    /// What a receiver makes of the same effect a second time.
    package enum Repetition: String, Sendable, Hashable, CaseIterable {
        /// It does each thing once, by its key.
        case idempotent
        /// It would do it again, but can be asked whether it did.
        case askable
        /// It would do it again, and cannot be asked.
        case neither
    }

    /// A request that the receiver of effects got to see.
    package struct Receipt: Sendable, Hashable {
        package var key: String
        /// Of the body.
        package var digest: String
        package var repetition: Repetition
        /// Whether the receiver did what it was asked.
        package var isApplied: Bool
        /// Whether the receiver could tell that the right sender signed it.
        package var isSigned: Bool

        package init(
            key: String, digest: String, repetition: Repetition = .idempotent, isApplied: Bool = true,
            isSigned: Bool = true
        ) {
            self.key = key
            self.digest = digest
            self.repetition = repetition
            self.isApplied = isApplied
            self.isSigned = isSigned
        }
    }
}
