/// Takes personal data out of what a model is going to see and puts markers in its place: `[email]`, `[phone]` and
/// `[address]`.
///
/// - E-mail addresses and telephone numbers are found by their form.
/// - Addresses are found by the event's own: what stands in the address fields of its body is replaced wherever it
///   occurs, and so is the value of every field whose name says that it is one.
///
/// Redacting twice changes nothing more. The time grows with the length of the text, whatever stands in it.
package struct Redactor: Sendable {
    private let kinds: Set<PersonalData>
    private let addresses: AddressScanner?
    private let identifiers: Set<String>

    /// Changes nothing.
    package static let none = Redactor(removing: [], facts: nil)

    package init(removing kinds: Set<PersonalData>, from facts: EventFacts) {
        self.init(removing: kinds, facts: facts.personal)
    }

    private init(removing kinds: Set<PersonalData>, facts: PersonalFacts?) {
        self.kinds = kinds
        let scanner = kinds.contains(.address) ? facts.map { AddressScanner($0) } : nil
        addresses = scanner?.isEmpty == false ? scanner : nil
        identifiers = facts?.identifiers ?? []
    }

    /// Data as a model may see it: labels, keys and values at every depth.
    package func redacted(_ data: PromptData) -> PromptData {
        guard !kinds.isEmpty else { return data }
        let names = RedactedNames(data.entries.map(\.label), redacting: redacted(key:))
        return PromptData(
            entries: data.entries.map { label, value in
                (names.name(for: label), redacted(value, meaning: FieldMeaning(key: label)))
            })
    }

    /// The handler's own words, in which only e-mail addresses and telephone numbers are looked for: with an address
    /// of a well-chosen wording a customer could strike words out of them.
    package func redacted(instructions: String) -> String {
        redacted(instructions, lookingForAddresses: false)
    }

    private func redacted(_ value: JSONValue, meaning: FieldMeaning?) -> JSONValue {
        switch value {
        case .null, .bool: value
        case .integer, .number: whole(meaning).map { .string($0.marker) } ?? value
        case .string(let text): .string(redacted(text, meaning: meaning))
        case .array(let elements): .array(elements.map { redacted($0, meaning: meaning) })
        case .object(let members): .object(redacted(members))
        }
    }

    private func redacted(_ members: [String: JSONValue]) -> [String: JSONValue] {
        // An attribute of an order says under `name` what stands under `value`.
        let title = ["name", "key", "label"].lazy.compactMap { members[$0]?.string }.first
        let names = RedactedNames(members.keys.sorted(), redacting: redacted(key:))
        var result: [String: JSONValue] = [:]
        for key in members.keys.sorted() {
            guard let value = members[key] else { continue }
            let meaning = FieldMeaning(key: key == "value" ? title ?? key : key)
            result[names.name(for: key)] = redacted(value, meaning: meaning)
        }
        return result
    }

    /// The kind that a whole value is by its field's name, if that kind is to go.
    private func whole(_ meaning: FieldMeaning?) -> PersonalData? {
        switch meaning {
        case .phone: kinds.contains(.phone) ? .phone : nil
        case .address: kinds.contains(.address) ? .address : nil
        case .email, .identifier, nil: nil
        }
    }

    private func redacted(_ text: String, meaning: FieldMeaning?) -> String {
        switch whole(meaning) {
        case .address? where text.unicodeScalars.contains(where: \.isWordPart): PersonalData.address.marker
        // Five digits, so that "iPhone 15" under `phone` stays.
        case .phone? where text.unicodeScalars.count(where: { $0.digit != nil }) >= 5: PersonalData.phone.marker
        default: redacted(text, lookingForAddresses: true)
        }
    }

    /// Names that a program gives to fields are not looked through for addresses: a customer in a town called Note must
    /// not rename the field `note`.
    private func redacted(key: String) -> String {
        let isPlain = key.utf8.allSatisfy { $0 == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
        return redacted(key, lookingForAddresses: !isPlain)
    }

    private func redacted(_ text: String, lookingForAddresses: Bool) -> String {
        let addresses = lookingForAddresses ? addresses : nil
        guard !kinds.isEmpty, addresses != nil || text.utf8.contains(where: \.mayBePersonal) else { return text }
        var text = text
        // What is taken out may have kept what stood beside it from being recognised.
        for _ in 0..<Self.mostPasses {
            let scalars = Array(text.unicodeScalars)
            let spans = spans(in: scalars, addresses)
            if spans.isEmpty { break }
            text = spans.replaced(in: scalars)
        }
        return text
    }

    private static let mostPasses = 8

    private func spans(in scalars: [Unicode.Scalar], _ addresses: AddressScanner?) -> PersonalSpans {
        var spans = PersonalSpans()
        if kinds.contains(.email) { spans.add(EmailScanner(scalars).ranges(), .email) }
        if kinds.contains(.phone) { spans.add(PhoneScanner(scalars, keeping: identifiers).ranges(), .phone) }
        if let addresses { spans.add(addresses.ranges(in: scalars), .address) }
        return spans
    }
}

extension UInt8 {
    /// Whether a text without such a byte has neither an e-mail address nor a telephone number.
    fileprivate var mayBePersonal: Bool {
        self == UInt8(ascii: "@") || self >= 0x80 || isASCIIDigit
    }
}
