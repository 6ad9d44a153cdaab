import Bellhop
import Foundation

/// Stars on a scale. Shopify writes a rating as an object, as JSON text of that object, or it is a bare number.
struct Rating: Sendable, Hashable {
    let value: Double
    let scale: ClosedRange<Double>

    /// - Returns: `nil` when the value is no rating, or lies outside its scale.
    init?(_ json: JSONValue) {
        let parts = json.string.flatMap { try? JSONValue(parsing: Data($0.utf8)) } ?? json
        let low = parts["scale_min"].map(Rating.number) ?? 1
        let high = parts["scale_max"].map(Rating.number) ?? 5
        guard let value = Rating.number(parts["value"] ?? parts), let low, let high, low < high,
            (low...high).contains(value)
        else { return nil }
        self.value = value
        scale = low...high
    }

    private static func number(_ json: JSONValue) -> Double? {
        let number = json.string.flatMap { Double($0) } ?? json.decimal.map { NSDecimalNumber(decimal: $0).doubleValue }
        return number.flatMap { $0.isFinite ? $0 : nil }
    }

    /// 0 at the bottom of the scale, 1 at the top.
    var share: Double {
        (value - scale.lowerBound) / (scale.upperBound - scale.lowerBound)
    }

    /// What the stars alone say.
    var sentiment: ReviewReading.Sentiment {
        share <= 0.4 ? .unhappy : share < 0.7 ? .mixed : .happy
    }
}

extension Rating: CustomStringConvertible {
    /// For example `2 on a scale from 1 to 5`.
    var description: String {
        let numbers = [value, scale.lowerBound, scale.upperBound].map {
            $0.formatted(.number.locale(.init(identifier: "en_US_POSIX")))
        }
        return "\(numbers[0]) on a scale from \(numbers[1]) to \(numbers[2])"
    }
}
