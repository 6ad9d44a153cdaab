/// What may become of the data in a prompt: which models may see it at all.
public struct DataPolicy: Sendable, Hashable, Codable {
    /// The regions in which the data may be processed, for example `["eu"]`; `nil` for anywhere.
    public var regions: Set<String>?
    /// Whether only servers may see it that train no models on it.
    public var noTraining: Bool
    /// Whether only servers may see it that keep nothing of it after the answer.
    public var zeroRetention: Bool

    public init(regions: Set<String>? = nil, noTraining: Bool = false, zeroRetention: Bool = false) {
        self.regions = regions
        self.noTraining = noTraining
        self.zeroRetention = zeroRetention
    }

    /// Asks for nothing.
    public static let open = DataPolicy()

    /// The policy that satisfies both. Two sets of regions leave what they have in common, which may be nothing.
    public func combined(with other: DataPolicy) -> DataPolicy {
        let common: Set<String>? =
            switch (regions, other.regions) {
            case (let own?, let others?): own.intersection(others)
            case (let own, let others): own ?? others
            }
        return DataPolicy(
            regions: common, noTraining: noTraining || other.noTraining,
            zeroRetention: zeroRetention || other.zeroRetention)
    }
}
