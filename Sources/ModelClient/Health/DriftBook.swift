import Vocabulary

/// Compares what models are billed with what their list prices give.
struct DriftBook {
    private struct Sums {
        var requests = 0
        var estimated = USD.zero
        var billed = USD.zero
        var hasAlerted = false
    }

    /// Requests before the sums say anything, and after which they begin anew.
    private static let fewest = 20
    private static let most = 1000

    private var sums: [String: Sums] = [:]

    /// - Returns: an alert when the bill is off by more than a tenth; not again until the sums agree.
    mutating func note(_ model: String, estimated: USD, billed: USD) -> Alert? {
        var sum = sums[model] ?? Sums()
        defer { sums[model] = sum }
        sum.requests += 1
        sum.estimated += estimated
        sum.billed += billed
        guard sum.requests >= Self.fewest else { return nil }
        let difference = max(sum.billed - sum.estimated, sum.estimated - sum.billed)
        let isOff = difference > USD(nanos: sum.estimated.nanos / 10)
        let alert: Alert? =
            isOff && !sum.hasAlerted
            ? .priceDrift(model: model, estimated: sum.estimated, billed: sum.billed) : nil
        sum.hasAlerted = isOff
        if sum.requests >= Self.most { sum = Sums(hasAlerted: isOff) }
        return alert
    }
}
