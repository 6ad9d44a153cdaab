package import ModelClient

/// Everything that can be said about what a workload costs.
package struct Estimate: Sendable {
    package static let daysOfAYear = 365

    package var workload: Workload
    package var daysOfAMonth: Int
    /// A day's claims against what follows from the stated prices; empty when there is no source.
    package var claims: [ClaimCheck]
    /// A month's claims at several volumes against what follows from a day's.
    package var volumes: [VolumeCheck]
    /// The same work at the prices of the configuration.
    package var comparison: Comparison

    /// - Parameter single: the name or alias of the one model; `nil` for the configuration's premium model.
    /// - Throws: ``EstimateError`` when a model is not there or has no price, or when the amounts cannot be counted.
    package init(
        of workload: Workload, at configuration: ModelClientConfiguration, single: String? = nil,
        daysOfAMonth: Int = 30
    ) throws(EstimateError) {
        self.workload = workload
        self.daysOfAMonth = daysOfAMonth
        claims = Plan.allCases.compactMap { ClaimCheck(of: workload, plan: $0) }
        let claims = claims
        volumes = Plan.allCases.compactMap { plan in
            VolumeCheck(
                of: workload, plan: plan, day: claims.first { $0.plan == plan }, daysOfAMonth: daysOfAMonth)
        }
        comparison = try Comparison(of: workload.work, single: single, in: configuration)
        let largest = [perYear] + workload.volumes.map(perMonth)
        let amounts = largest.flatMap { [$0.single, $0.routed] } + claims.map(\.computed)
        if amounts.contains(.beyondCounting) { throw .beyondCounting }
    }

    package var perDay: Amounts {
        comparison.perDay
    }

    package var perMonth: Amounts {
        perDay.map { $0.times(daysOfAMonth) }
    }

    package var perYear: Amounts {
        perDay.map { $0.times(Self.daysOfAYear) }
    }

    /// A month with another number of daily calls, each kind of work keeping its share of them.
    package func perMonth(_ volume: Volume) -> Amounts {
        perMonth.map { $0.scaled(from: workload.callsPerDay, to: volume.callsPerDay) }
    }
}
