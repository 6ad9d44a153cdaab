import Vocabulary

/// Looks for what would make a claim follow when it does not follow as it stands.
///
/// One thing is changed at a time: with two, nearly every claim could be explained. The order of the answer is fixed:
/// first the same calls and prices counted in another way, then another stated model, then another number of calls.
struct FitSearch {
    /// The models whose prices the source states.
    var models: [PricedModel]

    /// - Returns: an empty list when the claim follows as it is, and when nothing simple makes it follow.
    func fits(of work: Work, on model: PricedModel, claimed: ClaimedFigure) -> [Fit] {
        guard !claimed.isMet(by: work.perDay(on: model).dollars) else { return [] }
        let fits = candidates(for: work, on: model).filter { claimed.isMet(by: $0.perDay.dollars) }
        return fits + [roundCalls(of: work, on: model, claimed: claimed)].compactMap { $0 }
    }

    private func candidates(for work: Work, on model: PricedModel) -> [Fit] {
        let total = work.tokens.total
        let counted: [(Hypothesis, USD)] = [
            (.evenSplit, model.cost(of: .evenSplit(of: total))),
            (.promptPriceAlone, model.prompt.cost(of: total)),
            (.completionPriceAlone, model.completion.cost(of: total)),
        ]
        let others = models.filter { $0 != model }.map { (Hypothesis.pricesOf($0), $0.cost(of: work.tokens)) }
        return (counted + others).map { Fit(hypothesis: $0.0, perDay: $0.1.times(work.callsPerDay)) }
    }

    /// The roundest number of calls that fits, between a tenth and ten times the stated one.
    private func roundCalls(of work: Work, on model: PricedModel, claimed: ClaimedFigure) -> Fit? {
        let perCall = model.cost(of: work.tokens)
        let near = work.callsPerDay / 10...work.callsPerDay * 10
        for leading in [1...9, 10...99] {
            let fits = leading.flatMap(Self.multiples).filter { calls in
                near.contains(calls) && claimed.isMet(by: perCall.times(calls).dollars)
            }
            let nearest = fits.min { abs($0 - work.callsPerDay) < abs($1 - work.callsPerDay) }
            if let nearest { return Fit(hypothesis: .calls(nearest), perDay: perCall.times(nearest)) }
        }
        return nil
    }

    /// The numbers that begin with these digits and end in zeros.
    private static func multiples(of leading: Int) -> [Int] {
        [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000].map { leading * $0 }
    }
}
