import Foundation

/// Makes the deliveries of a ``ReplayPlan`` one after the other.
package struct Deliveries: Sequence, IteratorProtocol, Sendable {
    private let plan: ReplayPlan
    private let signatures: [DeliverySignature]
    private let now: @Sendable () -> Date
    private var generator: SeededGenerator
    private var forged: SelectionSampler
    private var duplicated: SelectionSampler
    private var made = 0
    private var again: SignedDelivery?

    init(plan: ReplayPlan, signatures: [DeliverySignature], now: @escaping @Sendable () -> Date) {
        self.plan = plan
        self.signatures = signatures
        self.now = now
        generator = SeededGenerator(seed: plan.seed)
        forged = SelectionSampler(picking: plan.forgedCount, of: plan.count)
        duplicated = SelectionSampler(picking: plan.duplicateCount, of: plan.count - plan.forgedCount)
    }

    package mutating func next() -> SignedDelivery? {
        if let repeated = again {
            again = nil
            return repeated
        }
        guard made < plan.count else { return nil }
        defer { made += 1 }
        let (round, index) = made.quotientAndRemainder(dividingBy: plan.samples.count)
        let isForged = forged.picksNext(using: &generator)
        let delivery = delivery(of: index, round: round, kind: isForged ? .forged : .genuine)
        if !isForged, duplicated.picksNext(using: &generator) {
            again = delivery
            again?.kind = .duplicate
        }
        return delivery
    }

    private mutating func delivery(of index: Int, round: Int, kind: SignedDelivery.Kind) -> SignedDelivery {
        let sample = plan.samples[index]
        return SignedDelivery(
            sample, signature: kind == .forged ? signatures[index].forged : signatures[index], shop: plan.shop,
            apiVersion: plan.apiVersion, ids: ids(of: index, round: round), kind: kind, triggeredAt: now())
    }

    private mutating func ids(of index: Int, round: Int) -> DeliveryIDs {
        switch plan.ids {
        case .fresh: DeliveryIDs(using: &generator)
        case .stable: DeliveryIDs(of: plan.samples[index], signature: signatures[index], round: round)
        }
    }
}
