/// The fields of a payload that a filter asks about, for example `type` and `customer.id`.
///
/// A filter has Shopify's search syntax, `field:value` with AND, OR, NOT and parentheses. Only what stands before a colon
/// is looked for; whether the rest is sound, Shopify says when the filter is declared.
struct FilterFields {
    /// In the order of the filter, each once.
    private(set) var names: [String] = []

    init(_ filter: String) {
        var rest = filter[...]
        while let first = rest.first {
            if first == "\"" || first == "'" {
                Self.skipQuoted(&rest)
            } else if Self.beginsName(first) {
                let word = rest.prefix { Self.beginsName($0) || $0 == "-" }
                rest = rest.dropFirst(word.count)
                if rest.first == ":" { take(String(word), valueIn: &rest) }
            } else {
                rest.removeFirst()
            }
        }
    }

    private mutating func take(_ name: String, valueIn rest: inout Substring) {
        if !names.contains(name) { names.append(name) }
        rest.removeFirst()
        rest = rest.drop { "<>=".contains($0) }
        if rest.first == "\"" || rest.first == "'" { return Self.skipQuoted(&rest) }
        // A value may hold colons, as times do; only one in parentheses ends elsewhere than at a space.
        rest = rest.drop { !$0.isWhitespace && $0 != "(" && $0 != ")" }
    }

    private static func skipQuoted(_ rest: inout Substring) {
        let quote = rest.removeFirst()
        while let next = rest.popFirst(), next != quote {
            if next == "\\" { _ = rest.popFirst() }
        }
    }

    /// A name may also have a `-` in it; before it, that says NOT.
    private static func beginsName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "."
    }
}
