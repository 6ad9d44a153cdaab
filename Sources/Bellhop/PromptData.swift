import Foundation

/// Data for the model to judge, each piece under a label.
///
/// Everything in here reaches the model as data, never as instructions: it is sent as JSON inside a marked block, and
/// the model is told not to follow anything it says. Put every word that a customer wrote here and nowhere else.
///
/// ```swift
/// about: ["title": .text(review.title), "stars": 2]
/// ```
public struct PromptData: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private var labels: [String] = []
    private var values: [String: JSONValue] = [:]

    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        for (label, value) in elements {
            self[label] = value
        }
    }

    /// All labels with their values, in order.
    var entries: [(label: String, value: JSONValue)] {
        labels.map { ($0, values[$0] ?? .null) }
    }

    init(entries: [(label: String, value: JSONValue)]) {
        for (label, value) in entries {
            self[label] = value
        }
    }

    /// The value under a label; setting a new label appends it, setting `nil` removes it.
    public subscript(label: String) -> JSONValue? {
        get { values[label] }
        set {
            if let newValue {
                if values.updateValue(newValue, forKey: label) == nil { labels.append(label) }
            } else if values.removeValue(forKey: label) != nil {
                labels.removeAll { $0 == label }
            }
        }
    }

    /// One `"label": value` line each inside braces. `<` is written as an escape, so that no text can close the block.
    package func rendered() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let lines = try labels.map { label in
            let pair = [label: values[label] ?? .null]
            return String(decoding: try encoder.encode(pair), as: UTF8.self).dropFirst().dropLast()
        }
        return "{\n" + lines.joined(separator: ",\n").replacing("<", with: "\\u003c") + "\n}"
    }
}
