public import Vocabulary

/// What a server does with the prompts it gets. What is not stated counts as the worst.
public struct DataHandling: Sendable, Hashable {
    /// Where it processes them, for example `["eu"]`; empty when not known.
    public var regions: Set<String>
    /// Whether it trains no models on them.
    public var noTraining: Bool
    /// Whether it keeps nothing of them after the answer.
    public var zeroRetention: Bool

    public init(regions: Set<String> = [], noTraining: Bool = false, zeroRetention: Bool = false) {
        self.regions = regions
        self.noTraining = noTraining
        self.zeroRetention = zeroRetention
    }

    /// Nothing is known of it.
    public static let unknown = DataHandling()

    /// Whether data under the policy may be sent there. Every region it works in must be allowed.
    public func satisfies(_ policy: DataPolicy) -> Bool {
        let isInPlace = policy.regions.map { !regions.isEmpty && regions.isSubset(of: $0) } ?? true
        return isInPlace && (noTraining || !policy.noTraining) && (zeroRetention || !policy.zeroRetention)
    }
}
