import Foundation
import Vocabulary
import Yams

/// One value of a YAML file with its place, so that every mistake can be named by file and line.
struct YAMLValue {
    let node: Node
    let file: String
    let path: String

    /// - Throws: ``ConfigurationError`` for a null, as a key has whose entries are commented out.
    func checkThere() throws {
        if node.null != nil { throw mistake("has no value; write one or remove the key") }
    }

    func mapping() throws -> YAMLMapping {
        try checkThere()
        guard let mapping = node.mapping else { throw mistake("must be a mapping (key: value)") }
        return try YAMLMapping(mapping, of: self)
    }

    func list() throws -> [YAMLValue] {
        try checkThere()
        guard let sequence = node.sequence else { throw mistake("must be a list") }
        return sequence.enumerated().map { YAMLValue(node: $1, file: file, path: "\(path)[\($0)]") }
    }

    func text() throws -> String {
        try checkThere()
        guard let scalar = node.scalar, !scalar.string.isEmpty else { throw mistake("must be a text") }
        return scalar.string
    }

    func integer(_ range: ClosedRange<Int>) throws -> Int {
        guard let number = node.scalar.flatMap({ Int($0.string.replacing("_", with: "")) }), range.contains(number)
        else {
            throw mistake("must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A plain `true`, `yes` or `on`, or the opposite; `nil` for anything else.
    var flag: Bool? {
        guard let scalar = node.scalar, case .plain = scalar.style else { return nil }
        switch scalar.string.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: return nil
        }
    }

    func bool() throws -> Bool {
        guard let value = flag else { throw mistake("must be true or false") }
        return value
    }

    /// A length of time with its unit: `250ms`, `1.5s`, `2m` or `1h`.
    func duration() throws -> Duration {
        let units: [(suffix: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
        let text = node.scalar?.string ?? ""
        for (suffix, seconds) in units where text.hasSuffix(suffix) {
            if let number = Double(text.dropLast(suffix.count)), (0...1_000_000).contains(number) {
                return .seconds(number * seconds)
            }
        }
        throw mistake("must be a time with its unit, for example 250ms, 1.5s, 2m or 1h")
    }

    /// A length of time of at least a millisecond.
    func positiveDuration() throws -> Duration {
        let duration = try duration()
        guard duration >= .milliseconds(1) else { throw mistake("must be at least 1ms") }
        return duration
    }

    /// The name of an environment variable. What is none is not repeated: it may be the secret itself.
    func variableName() throws -> String {
        let name = try text()
        guard name.allSatisfy({ $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }),
            name.first?.isNumber == false
        else {
            throw mistake(
                "must be the name of an environment variable in capital letters, such as SHOPIFY_API_SECRET; the "
                    + "secret itself does not belong into this file")
        }
        return name
    }

    /// Dollars per million tokens, exact.
    func tokenPrice() throws -> TokenPrice {
        guard let dollars = node.scalar.flatMap({ USD(dollars: $0.string) }),
            let price = TokenPrice(dollarsPerMillion: dollars.dollars)
        else { throw mistake("must be a price in dollars per million tokens, for example 0.25") }
        return price
    }

    /// One of the cases of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) throws -> Choice
    where Choice.RawValue == String {
        let text = try text()
        let names = Choice.allCases.map(\.rawValue)
        guard let choice = Choice(rawValue: text) else {
            throw mistake(Spelling.unknown("value", text, known: names))
        }
        return choice
    }

    func mistake(_ message: String) -> ConfigurationError {
        ConfigurationError(file: file, line: node.mark?.line, message: path.isEmpty ? message : "\(path) \(message)")
    }
}
