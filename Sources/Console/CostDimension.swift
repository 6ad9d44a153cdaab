package import ModelClient

extension CostQuery.Dimension {
    /// The words for dimensions, as people are told them.
    package static let words = "day, provider, model, task, accepted, shop, handler, team or label:NAME"

    /// The most that one report may be grouped by.
    package static let atMost = 4

    /// Labels that have a word of their own.
    private static let labels: Set = ["shop", "handler", "team"]

    /// - Returns: `nil` for anything but one of ``words``.
    package init?(word: String) {
        switch word {
        case "day": self = .day
        case "provider": self = .provider
        case "model": self = .model
        case "task": self = .task
        case "accepted": self = .accepted
        case _ where Self.labels.contains(word): self = .label(word)
        default:
            let parts = word.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0] == "label" else { return nil }
            self = .label(String(parts[1]))
        }
    }

    package var word: String {
        switch self {
        case .day: "day"
        case .provider: "provider"
        case .model: "model"
        case .task: "task"
        case .accepted: "accepted"
        case .label(let name): Self.labels.contains(name) ? name : "label:\(name)"
        }
    }

    /// Reads words with commas between them.
    ///
    /// - Throws: ``CostDimensionError``.
    package static func list(_ text: String) throws(CostDimensionError) -> [CostQuery.Dimension] {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        var dimensions: [CostQuery.Dimension] = []
        for word in words {
            guard let dimension = CostQuery.Dimension(word: String(word)) else { throw CostDimensionError() }
            dimensions.append(dimension)
        }
        guard dimensions.count <= atMost else { throw CostDimensionError() }
        return dimensions
    }
}

/// What costs are to be added up by makes no sense.
package struct CostDimensionError: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String {
        "costs are added up by at most \(CostQuery.Dimension.atMost) of \(CostQuery.Dimension.words), with commas "
            + "between them"
    }
}
