package import Foundation
package import Vocabulary

/// Jobs of one handler that came to a stop for the same reason, and what it would take to run them again.
package struct DeadGroup: Sendable, Hashable, Codable {
    /// What they have in common; see ``ErrorFingerprint``.
    package var fingerprint: String
    package var handlerID: String
    /// The reason of the one that came last.
    package var reason: String
    /// Jobs whose attempts are used up.
    package var dead: Int
    /// Jobs that are held because of the failure.
    package var held: Int
    /// The shops with the most of them, most first; at most 20.
    package var shops: [ShopCount]
    package var firstAt: Date
    package var lastAt: Date
    /// What one of them has cost so far, on the mean.
    package var meanCost: USD
    /// What running all of them again will cost, as far as the past tells: what one attempt at them has cost, or what
    /// the handler's jobs cost lately that went well, whichever is more.
    package var expectedCost: USD

    private enum CodingKeys: String, CodingKey {
        case fingerprint, handlerID, reason, dead, held, shops, firstAt, lastAt
        case meanCost = "meanCostNanos"
        case expectedCost = "expectedCostNanos"
    }

    package var count: Int { dead + held }

    package struct ShopCount: Sendable, Hashable, Codable {
        /// The shop's domain.
        package var shop: String
        package var count: Int

        package init(shop: String, count: Int) {
            self.shop = shop
            self.count = count
        }
    }

    package static let mostShops = 20

    /// - Parameters:
    ///   - cost: of all attempts at all of the jobs.
    ///   - attempts: the number of these attempts.
    ///   - usualCost: what a job of the handler that went well costs, if that is known.
    package init(
        fingerprint: String, handlerID: String, reason: String, dead: Int, held: Int, shops: [ShopCount],
        firstAt: Date, lastAt: Date, cost: USD, attempts: Int, usualCost: USD?
    ) {
        self.fingerprint = fingerprint
        self.handlerID = handlerID
        self.reason = reason
        self.dead = dead
        self.held = held
        self.shops = shops
        self.firstAt = firstAt
        self.lastAt = lastAt
        let count = Int64(max(1, dead + held))
        meanCost = USD(nanos: cost.nanos / count)
        let perRun = max(cost.nanos / Int64(max(1, attempts)), usualCost?.nanos ?? 0)
        let (all, isTooMuch) = perRun.multipliedReportingOverflow(by: count)
        expectedCost = USD(nanos: isTooMuch ? .max : all)
    }
}
