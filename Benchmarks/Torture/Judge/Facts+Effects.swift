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

    /// A request that the receiver of effects got to see.
    package struct Receipt: Sendable, Hashable {
        package var key: String
        /// Of the body.
        package var digest: String
        /// Whether the receiver takes the same key again without harm.
        package var isIdempotent: Bool
        /// Whether the receiver did what it was asked, which it does once for each key.
        package var isApplied: Bool
        /// Whether the receiver could tell that the right sender signed it.
        package var isSigned: Bool

        package init(
            key: String, digest: String, isIdempotent: Bool = true, isApplied: Bool = true, isSigned: Bool = true
        ) {
            self.key = key
            self.digest = digest
            self.isIdempotent = isIdempotent
            self.isApplied = isApplied
            self.isSigned = isSigned
        }
    }
}
