package import Foundation

/// How one attempt to deliver an effect ended. Recorded in one commit.
package struct EffectResult: Sendable, Hashable {
    package var outcome: Outcome
    package var at: Date

    package enum Outcome: Sendable, Hashable {
        /// The receiver has it, and this is what it changed in the shop.
        case done(wrote: [FieldWrite])
        /// The attempt failed; the next is at this time. Whether this or an earlier one may have arrived must be known
        /// by then.
        case retry(at: Date, reason: String, mayHaveArrived: Bool)
        /// It did not happen and will not.
        case failed(reason: String)
        case unknown(reason: String)
        /// Nothing was sent; the next attempt is at once or at this time. This one does not count, and whether an
        /// earlier one may have arrived is as open as before.
        case notSent(until: Date?, reason: String?)
    }

    package init(_ outcome: Outcome, at: Date) {
        self.outcome = outcome
        self.at = at
    }
}

/// A value that we have given a field of a resource, as a digest.
package struct FieldWrite: Sendable, Hashable {
    /// For example `Order/6021473918231`, as in ``Delivery/resource``.
    package var resource: String
    /// A top-level field of that resource's webhooks.
    package var field: String
    /// SHA-256 of the value's canonical JSON.
    package var digest: Data

    package init(resource: String, field: String, digest: Data) {
        self.resource = resource
        self.field = field
        self.digest = digest
    }

    /// How long our own writes are remembered. An echo comes within minutes, at the latest with a repetition hours
    /// later.
    package static let memory = Duration.seconds(86_400)
}
