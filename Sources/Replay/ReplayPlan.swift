package import Bellhop
package import Cryptography
package import Foundation

/// Which deliveries a replay sends, in which order. The same plan and seed give the same deliveries.
package struct ReplayPlan: Sendable {
    package var samples: [SampleFile]
    package var shop: Shop
    package var secret: SigningSecret
    package var apiVersion: String
    /// How many times every sample is sent, each time as a new event.
    package var repeats: Int
    /// How many of the genuine deliveries are sent a second time under the same webhook id, from 0 to 1. The second
    /// follows at once, which is the hardest case for the receiver.
    package var duplicates: Double
    /// How many of the deliveries have a wrong signature, from 0 to 1.
    package var forgeries: Double
    package var ids: IDs
    package var seed: UInt64

    package enum IDs: String, Sendable, Hashable, CaseIterable {
        /// New ids, from the seed.
        case fresh
        /// Ids that follow from the files: a second replay consists of duplicates.
        case stable
    }

    package init(
        samples: [SampleFile], shop: Shop, secret: SigningSecret, apiVersion: String = "2026-10", repeats: Int = 1,
        duplicates: Double = 0, forgeries: Double = 0, ids: IDs = .fresh, seed: UInt64
    ) {
        self.samples = samples
        self.shop = shop
        self.secret = secret
        self.apiVersion = apiVersion
        self.repeats = max(0, repeats)
        self.duplicates = min(1, max(0, duplicates))
        self.forgeries = min(1, max(0, forgeries))
        self.ids = ids
        self.seed = seed
    }

    /// How many deliveries there are in all.
    package var total: Int {
        count + duplicateCount
    }

    /// How many deliveries have a wrong signature.
    package var forgedCount: Int {
        Int((Double(count) * forgeries).rounded())
    }

    /// How many deliveries are sent a second time.
    package var duplicateCount: Int {
        Int((Double(count - forgedCount) * duplicates).rounded())
    }

    /// Deliveries before duplicates are added.
    var count: Int {
        samples.count * repeats
    }

    /// The deliveries one by one; each is made when it is asked for.
    ///
    /// - Parameter now: the clock, for the time at which a delivery was triggered.
    /// - Throws: when the signing library fails.
    package func deliveries(now: @escaping @Sendable () -> Date = { Date() }) throws -> Deliveries {
        // A body is signed once however often it is sent: nothing but the body is signed.
        let signatures = try samples.map { try DeliverySignature.genuine($0.body, secret: secret) }
        return Deliveries(plan: self, signatures: signatures, now: now)
    }
}
