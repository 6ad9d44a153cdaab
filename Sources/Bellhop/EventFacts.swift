public import Foundation

/// The checkable facts of an event: what an answer may name because the body really says it.
///
/// Models sometimes invent an order number, an amount or an SKU. ``complaints(about:)`` finds those in a text:
///
/// ```swift
/// let facts = event.facts
/// let answer = try await context.ask(for: Summary.self, "…", about: […]) { facts.complaints(about: $0.text) }
/// ```
///
/// It is a net, not a proof: whole numbers, dates and names are not checked, and what a customer wrote into the body
/// counts as said.
public struct EventFacts: Sendable, Hashable {
    private var words: Set<String> = []
    private var amounts: Set<Decimal> = []
    /// What must not reach a model where a handler asks for that.
    let personal: PersonalFacts

    /// Gathers every text and number in the body.
    public init(body: JSONValue) {
        personal = PersonalFacts(body: body)
        gather(body)
    }

    /// Also allow this amount, for example a sum that the handler computed itself.
    public mutating func allow(amount: Decimal) {
        amounts.insert(amount.magnitude)
    }

    private mutating func gather(_ value: JSONValue) {
        switch value {
        case .null, .bool: break
        case .integer(let number):
            words.insert(String(number))
            allow(amount: Decimal(number))
        case .number(let number): allow(amount: number)
        case .string(let text): gather(text: text)
        case .array(let elements): elements.forEach { gather($0) }
        case .object(let members): members.values.forEach { gather($0) }
        }
    }

    private mutating func gather(text: String) {
        for token in FactToken.tokens(in: text) {
            words.insert(token.word)
            if let number = token.number { allow(amount: number) }
            // The return #1047-R1 also says that there is an order #1047.
            if token.kind == .orderNumber { words.insert(String(token.word.dropFirst().prefix(while: \.isNumber))) }
        }
    }

    /// What a text claims that the body does not say: order numbers (`#1047`), amounts of money (`123.97`) and
    /// SKU-like codes (`KC-SOAP-3`). Empty when every claim is covered.
    public func complaints(about text: String) -> [Complaint] {
        var complaints: [Complaint] = []
        for token in FactToken.tokens(in: text) {
            switch token.kind {
            case .orderNumber where !words.contains(token.word) && !words.contains(String(token.word.dropFirst())):
                complaints.append("names an order number that is not in the event")
            case .amount where token.number.map { !amounts.contains($0) } ?? true:
                complaints.append("names an amount that is not in the event")
            case .code where !words.contains(token.word):
                complaints.append("names a product code that is not in the event")
            default: break
            }
        }
        return complaints.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
