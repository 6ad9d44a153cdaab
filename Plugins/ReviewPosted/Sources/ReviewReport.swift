import Bellhop

/// What was found out about a review, as effects. The tag is fixed; a model's words go into the note alone.
struct ReviewReport: Sendable {
    var review: Review
    var reading: ReviewReading
    var draft: ReplyDraft?
    var signature = ""

    /// - Parameter place: the order or product that gets the note about an unhappy review.
    func effects(at place: ResourceID) -> [Effect] {
        var effects: [Effect] = []
        if let product = review.product {
            effects.append(.metafield(product, Effect.Metafield(key: "latest_review", type: "json", value: summary)))
        }
        if reading.sentiment == .unhappy {
            effects.append(.tag(place, ["review:needs-reply"]))
            effects.append(.note(place, note))
        }
        return effects
    }

    /// The reading as JSON with its keys in a fixed order.
    private var summary: String {
        let themes = reading.themes.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
        return "{\"sentiment\":\"\(reading.sentiment.rawValue)\",\"themes\":[\(themes)]}"
    }

    private var note: String {
        let rating = review.rating.map { " (\($0))" } ?? ""
        let themes = reading.themes.map(\.rawValue).joined(separator: ", ")
        var lines = ["Unhappy review\(rating)\(themes.isEmpty ? "" : ": \(themes)")."]
        if let draft {
            lines += ["Draft of a reply, to be read before it is sent:", "", draft.text]
            if !signature.isEmpty { lines += ["", signature] }
        } else {
            lines.append("The customer wrote no words, so no reply was drafted.")
        }
        return lines.joined(separator: "\n")
    }
}
