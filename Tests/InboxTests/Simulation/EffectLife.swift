import Bellhop
import Foundation
import InboxCore
import TestSupport

/// One life of a few effects. What happens next is drawn from a random source.
struct EffectLife {
    /// Bears no second time, and cannot be asked.
    private static let once = "once"
    private static let destinations = [once, "often"]

    /// An effect in somebody's hands, whether or not the lease is still good.
    private struct Hand {
        var claim: EffectClaim
        /// Whether the receiver has it from this attempt.
        var hasArrived = false
    }

    private let inbox: any Inbox & EffectQueue
    private var random: SplitMix64
    /// In seconds after the start.
    private var now = 10.0
    private var planned = 0
    private var hands: [Hand] = []
    private var leases: [String: Lease] = [:]
    /// How often each effect has arrived, by key.
    private var arrivals: [String: Int] = [:]
    /// Keys of which an attempt has arrived, and the inbox was not told.
    private var untold: Set<String> = []
    /// How often a person said that an effect has to be sent again.
    private var decisions: [String: Int] = [:]

    init(_ inbox: any Inbox & EffectQueue, seed: UInt64) {
        self.inbox = inbox
        random = SplitMix64(seed: seed)
    }

    mutating func step() async throws {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<12: try await plan()
        case 12..<45: try await claim()
        case 45..<65: try arrive()
        case 65..<85: try await finish()
        case 85..<91: hands = []
        case 91..<97: now += Double.random(in: 0...70, using: &random)
        default: try await decide()
        }
    }

    /// Lets everything come to its end, without further mishaps.
    mutating func settle() async throws {
        hands = []
        for _ in 0..<500 {
            now += 100
            try await claim()
            while !hands.isEmpty {
                try arrive()
                try await finish(answered: true)
            }
            let effects = try await inbox.effects(EffectFilter(limit: 1000))
            if effects.allSatisfy({ ![.planned, .sending].contains($0.state) || isHeldUp($0, by: effects) }) {
                return try checkEnd(effects)
            }
        }
        throw Violation("effects are left for ever")
    }

    // MARK: What happens

    private mutating func plan() async throws {
        planned += 1
        let number = Int64(planned)
        let effects = (0..<Int64.random(in: 1...2, using: &random)).map { position in
            Sample.post(number * 10 + position, to: Self.destinations[Int.random(in: 0...1, using: &random)])
        }
        _ = try await inbox.store(Sample.delivery("w\(planned)", eventID: "event-\(planned)"))
        try await inbox.run(.done(effects: effects), at: now)
    }

    private mutating func claim() async throws {
        for claim in try await inbox.claimEffects(1, at: now) {
            if let lease = leases[claim.key], lease.expiresAt > Sample.time(now) {
                throw Violation("\(claim.key) is handed out twice at once")
            }
            if untold.contains(claim.key), !claim.isUncertain {
                throw Violation("\(claim.key) has arrived, and nobody is warned")
            }
            leases[claim.key] = claim.lease
            hands.append(Hand(claim: claim))
        }
    }

    /// What is in a hand arrives, unless its lease is over, or it may be there and the receiver bears no second time.
    private mutating func arrive() throws {
        guard let index = hands.indices.randomElement(using: &random), !hands[index].hasArrived else { return }
        let claim = hands[index].claim
        guard claim.lease.expiresAt > Sample.time(now), !mustBeHeld(claim) else { return }
        hands[index].hasArrived = true
        untold.insert(claim.key)
        let times = arrivals[claim.key, default: 0] + 1
        arrivals[claim.key] = times
        if claim.lane.destination == Self.once, times > 1 + decisions[claim.key, default: 0] {
            throw Violation("\(claim.key) has arrived \(times) times")
        }
    }

    private func mustBeHeld(_ claim: EffectClaim) -> Bool {
        claim.isUncertain && claim.lane.destination == Self.once
    }

    /// - Parameter answered: whether what arrives is answered for certain.
    private mutating func finish(answered: Bool = false) async throws {
        guard let index = hands.indices.randomElement(using: &random) else { return }
        let hand = hands.remove(at: index)
        let isAnswered = answered || Int.random(in: 0..<3, using: &random) > 0
        let outcome = outcome(of: hand, isAnswered: isAnswered)
        let result = EffectResult(outcome, at: Sample.time(now))
        let isCurrent = leases[hand.claim.key] == hand.claim.lease
        guard try await inbox.finishEffect(hand.claim, with: result) else { return }
        guard isCurrent else { throw Violation("\(hand.claim.key) was ended by somebody who had lost it") }
        leases[hand.claim.key] = nil
        // The inbox knows now, or knows that it does not.
        if case .done = outcome { untold.remove(hand.claim.key) }
    }

    private func outcome(of hand: Hand, isAnswered: Bool) -> EffectResult.Outcome {
        if mustBeHeld(hand.claim) { return .unknown(reason: "it may have arrived") }
        guard hand.hasArrived else { return .notSent(until: nil, reason: nil) }
        if isAnswered { return .done(wrote: []) }
        guard hand.claim.lane.destination != Self.once else { return .unknown(reason: "nobody answered") }
        return .retry(at: Sample.time(now + 5), reason: "nobody answered", mayHaveArrived: true)
    }

    /// A person looks at one that is held.
    private mutating func decide() async throws {
        let held = try await inbox.effects(EffectFilter(limit: 1000)).filter { $0.state == .unknown }
        guard let effect = held.randomElement(using: &random) else { return }
        decisions[effect.key, default: 0] += 1
        // Whoever sends it again has seen that it did not arrive, or bears the second time.
        untold.remove(effect.key)
        try await inbox.decide(.retry, onEffect: effect.key, at: Sample.time(now))
    }

    // MARK: What should be true at the end

    private func isHeldUp(_ effect: EffectSummary, by effects: [EffectSummary]) -> Bool {
        effects.contains { $0.deliveryID == effect.deliveryID && $0.key < effect.key && $0.state == .unknown }
    }

    private func checkEnd(_ effects: [EffectSummary]) throws {
        guard Set(effects.map(\.key)).count == effects.count else { throw Violation("a key is there twice") }
        for effect in effects {
            let count = arrivals[effect.key, default: 0]
            if effect.state == .done, count == 0 { throw Violation("\(effect.key) is done and never arrived") }
            if untold.contains(effect.key), ![.done, .unknown].contains(effect.state) {
                throw Violation("\(effect.key) has arrived, and is \(effect.state)")
            }
        }
    }
}
