import Foundation

extension Schema {
    /// One way in which a value breaks a schema. It names places and rules, never the value itself, so it may be
    /// logged and may be sent back to the model.
    public struct Violation: Error, Sendable, Hashable, CustomStringConvertible {
        /// Where, for example `items[2].sku`; `answer` for the whole.
        public let path: String
        /// Which rule, for example `must be one of: approve, decline`.
        public let rule: String

        public var description: String {
            "\(path) \(rule)"
        }
    }

    /// Every rule that the value breaks, at most 20; none when it is valid.
    public func violations(in value: JSONValue) -> [Violation] {
        var found: [Violation] = []
        check(value, at: "", into: &found)
        return Array(found.prefix(20))
    }

    private func check(_ value: JSONValue, at path: String, into found: inout [Violation]) {
        guard found.count < 20 else { return }
        func fail(_ rule: String) {
            found.append(Violation(path: path.isEmpty ? "answer" : path, rule: rule))
        }
        switch kind {
        case .nullable(let schema):
            if value != .null { schema.check(value, at: path, into: &found) }
        case .boolean:
            if value.bool == nil { fail("must be true or false") }
        case .integer(let range):
            guard value.isWhole else { return fail("must be a whole number") }
            let range = range ?? .min ... .max
            guard let number = value.wholeNumber, range.contains(number) else {
                return fail("must be from \(range.lowerBound) to \(range.upperBound)")
            }
        case .number(let range):
            guard let number = value.nearestDouble else { return fail("must be a number") }
            if let range, !range.contains(number) {
                fail("must be from \(range.lowerBound) to \(range.upperBound)")
            }
        case .string(let length):
            guard let text = value.string else { return fail("must be a text") }
            // Code points, as JSON Schema counts: what a reader sees as one character may be of any length.
            if !length.contains(text.unicodeScalars.count) {
                fail("must have from \(length.lowerBound) to \(length.upperBound) characters")
            }
        case .choice(let choices):
            guard let text = value.string, choices.contains(text) else {
                return fail("must be one of: \(choices.joined(separator: ", "))")
            }
        case .array(let element, let count):
            guard let elements = value.elements else { return fail("must be a list") }
            if !count.contains(elements.count) {
                fail("must have from \(count.lowerBound) to \(count.upperBound) elements")
            }
            for (index, item) in elements.prefix(max(0, count.upperBound)).enumerated() {
                element.check(item, at: "\(path)[\(index)]", into: &found)
            }
        case .object(let properties):
            guard let members = value.members else { return fail("must be an object") }
            for property in properties {
                let place = path.isEmpty ? property.name : "\(path).\(property.name)"
                if let member = members[property.name] {
                    property.schema.check(member, at: place, into: &found)
                } else {
                    found.append(Violation(path: place, rule: "is missing"))
                }
            }
            if members.keys.contains(where: { name in !properties.contains { $0.name == name } }) {
                fail("has a property that the schema does not name")
            }
        }
    }
}

extension JSONValue {
    /// By way of the digits: `NSDecimalNumber.doubleValue` makes of 0.07 a little more than the literal `0.07` is.
    fileprivate var nearestDouble: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): Double(value.description) ?? .nan
        default: nil
        }
    }

    /// Whether it is a whole number, be it one too large for ``wholeNumber``.
    fileprivate var isWhole: Bool {
        switch self {
        case .integer: true
        case .number(let value): !value.isNaN && !value.description.contains(".")
        default: false
        }
    }

    /// The number if it is whole, also when written as `3.0`.
    fileprivate var wholeNumber: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(value.description)
        default: nil
        }
    }
}
