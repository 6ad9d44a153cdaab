import Bellhop
import Foundation
import Testing

@Suite struct EventFactsTests {
    private let facts: EventFacts

    init() throws {
        let body = ##"""
            {"name": "#1047", "order_number": 1047, "return": "#1052-R1", "total_price": "1234.50", "tax": 7.5,
             "yen": "630", "refund": -8.95, "adjustment": "-3.20", "sku": "KC-SOAP-SEA-3", "rate": "10.0",
             "items": [{"sku": "KC-LBT-SND-L", "price": 48}], "note": "See kc-robe-2 and #88."}
            """##
        facts = EventFacts(body: try JSONValue(parsing: Data(body.utf8)))
    }

    @Test(arguments: ["Order #1047 is here.", "(#1047)", "#1052-R1 belongs to #1052", "As in #88"])
    func `an order number of the event is fine`(text: String) {
        #expect(facts.complaints(about: text).isEmpty)
    }

    @Test(arguments: ["Order #1048", "#10471", "see #1047-R9"])
    func `an invented order number is found`(text: String) {
        #expect(facts.complaints(about: text) == ["names an order number that is not in the event"])
    }

    @Test func `the number alone covers the order's name`() throws {
        let trimmed = EventFacts(body: ["order_number": 1047])
        #expect(trimmed.complaints(about: "#1047").isEmpty)
    }

    @Test(
        arguments: [
            "$1,234.50", "1.234,50 €", "1'234.50 CHF", "1’234.50", "1\u{202F}234,50", "1234.50.", "USD7.50 or 7.50 USD",
            "630.00 yen", "8.95", "-8.95", "-3.20", "48.00", "10.00",
        ])
    func `an amount of the event is fine in any notation`(text: String) {
        // "USD7.50" is one word and no amount; the second is one.
        #expect(facts.complaints(about: text).isEmpty)
    }

    @Test(arguments: ["$1,234.51", "12.34 €", "a credit of 500.00", "7,51"])
    func `an invented amount is found`(text: String) {
        #expect(facts.complaints(about: text) == ["names an amount that is not in the event"])
    }

    @Test func `a computed amount can be allowed`() {
        var facts = facts
        facts.allow(amount: Decimal(1242))
        #expect(facts.complaints(about: "1,242.00 in all").isEmpty)
    }

    @Test(arguments: ["KC-SOAP-SEA-3", "KC-LBT-SND-L, and KC-ROBE-2"])
    func `a product code of the event is fine`(text: String) {
        #expect(facts.complaints(about: text).isEmpty)
    }

    @Test(arguments: ["KC-SOAP-SEA-4", "TOWEL-9", "AB-CD-EF"])
    func `an invented product code is found`(text: String) {
        #expect(facts.complaints(about: text) == ["names a product code that is not in the event"])
    }

    @Test(
        arguments: [
            "", "No. 1 in 2026-11-24, 3 pieces, 17 % of 5", "USB-C, T-SHIRT, e-mail, X-ray", "v1.2.3 of 3.14159",
            "Grüße – 東京 ☕️", "see https://example.com/a-b/c", "#hashtag", "# 5",
        ])
    func `what is no claim is not flagged`(text: String) {
        #expect(facts.complaints(about: text).isEmpty)
    }

    @Test func `each kind of mistake is told once`() {
        let complaints = facts.complaints(about: "#1 #2 #3, 9.99 and 8.88, XX-YY-1 and XX-YY-2")
        #expect(
            complaints == [
                "names an order number that is not in the event", "names an amount that is not in the event",
                "names a product code that is not in the event",
            ])
    }

    @Test func `a complaint quotes nothing of the text`() {
        let complaints = facts.complaints(about: "#77123 for 55.12 with SECRET-99")
        #expect(complaints.allSatisfy { !$0.description.contains { $0.isNumber } })
    }
}
