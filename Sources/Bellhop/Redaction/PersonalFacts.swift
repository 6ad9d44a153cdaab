import Foundation

/// What an event's body says about a customer's addresses, and which rows of digits in it are the numbers of things.
struct PersonalFacts: Sendable, Hashable {
    /// As they are looked for in a text: folded, see ``FoldedText``.
    private(set) var phrases: Set<[Unicode.Scalar]> = []
    /// Ids, order numbers, codes and amounts: their digits, at least four.
    private(set) var identifiers: Set<String> = []

    /// Parts of addresses beyond this number are not gathered: no real event has more.
    private static let mostPhrases = 2_000

    init(body: JSONValue) {
        gather(body, meaning: nil)
        // The name of an order, which some shops write without `#`.
        if let name = body["name"]?.string { gather(identifier: name) }
    }

    private mutating func gather(_ value: JSONValue, meaning: FieldMeaning?) {
        switch value {
        case .null, .bool: break
        case .integer, .number:
            if meaning != .phone, meaning != .address { gather(identifier: "\(value.decimal ?? 0)") }
        case .string(let text):
            if meaning == .identifier { gather(identifier: text) }
            if meaning == .address { add(line: text) }
        case .array(let elements):
            for element in elements { gather(element, meaning: meaning) }
        case .object(let members):
            gather(address: members)
            for (key, value) in members { gather(value, meaning: FieldMeaning(key: key)) }
        }
    }

    private mutating func gather(identifier text: String) {
        guard text.utf8.count <= 200 else { return }
        let digits = text.split { !("0"..."9" ~= $0) }
        for run in digits + [Substring(digits.joined())] where run.count >= 4 { identifiers.insert(String(run)) }
    }

    /// The parts of an address that only together are telling, in the orders in which people write them.
    private mutating func gather(address: [String: JSONValue]) {
        let places = ["city", "town"].compactMap { address[$0]?.string }.map(FoldedText.phrase)
        let codes = ["zip", "postal_code", "postcode", "zip_code"].compactMap { address[$0]?.string }
        let regions = ["province", "province_code", "state"].compactMap { address[$0]?.string }.map(FoldedText.phrase)
        for code in codes.map(FoldedText.phrase) where !code.isEmpty {
            add(code.filter { $0 != " " }, least: 4)
            // The first five of a ZIP+4.
            if let first = code.split(separator: " ").first, code.count == 10 { add(Array(first), least: 5) }
            for place in places where !place.isEmpty {
                add(code + [" "] + place, least: 4)
                add(place + [" "] + code, least: 4)
                for region in regions where !region.isEmpty { add(place + [" "] + region + [" "] + code, least: 4) }
            }
        }
    }

    /// A value of an address field. Short ones are left out: they would strike ordinary words.
    private mutating func add(line: String) {
        let phrase = FoldedText.phrase(line)
        add(phrase, least: phrase.contains(where: \.isUnspaced) ? 2 : phrase.contains(" ") ? 5 : 4)
    }

    private mutating func add(_ phrase: [Unicode.Scalar], least: Int) {
        guard (least...120).contains(phrase.count), phrases.count < Self.mostPhrases else { return }
        guard !phrase.contains(FoldedText.barrier) else { return }
        phrases.insert(phrase)
    }
}
