import Bellhop
import Testing

@testable import OrderCreated

@Suite struct OrderSignalsTests {
    private func signals(_ json: JSONValue, _ settings: JSONValue = [:]) throws -> OrderSignals {
        OrderSignals(of: try json.decode(Order.self), settings: try settings.decode(OrderCreated.Settings.self))
    }

    @Test func `an order of which little is known has no signals`() throws {
        #expect(try signals(["id": 1]).found.isEmpty)
        let nulls: JSONValue = [
            "id": 1, "customer": .null, "billing_address": .null, "shipping_address": .null, "line_items": [[:]],
            "discount_codes": .null, "total_price": .null, "created_at": .null,
        ]
        #expect(try signals(nulls).score == 0)
    }

    @Test(
        arguments: [
            (
                ["billing_address": ["country_code": "CA"], "shipping_address": ["country_code": "NZ"]],
                .countriesDiffer
            ),
            (["total_price": "500.00"], .highValue),
            (["total_price": 500], .highValue),
            (
                [
                    "created_at": "2026-11-21T02:47:09-08:00",
                    "customer": ["created_at": "2026-11-21T10:41:30Z"],
                ], .newAccount
            ),
            (["customer": ["state": "disabled"]], .accountNotEnabled),
            (["customer": ["state": "invited"]], .accountNotEnabled),
            (["customer": ["verified_email": false]], .unverifiedEmail),
            (["discount_codes": [["code": "A"], ["code": "B"]]], .severalDiscounts),
            (["line_items": [["quantity": 1], ["quantity": 10]]], .largeQuantity),
            (["line_items": [["gift_card": true]]], .giftCard),
        ] as [([String: JSONValue], OrderSignals.Signal)])
    func `each signal is found by itself`(fields: [String: JSONValue], signal: OrderSignals.Signal) throws {
        let found = try signals(.object(fields.merging(["id": 1]) { a, _ in a }))
        #expect(found.found == [signal])
        #expect(found.score == signal.weight)
    }

    @Test(
        arguments: [
            ["billing_address": ["country_code": "CA"], "shipping_address": .null],
            ["billing_address": ["country_code": "us"], "shipping_address": ["country_code": "US"]],
            ["total_price": "499.99"],
            ["created_at": "2026-11-21T12:00:00Z", "customer": ["created_at": "2026-11-21T11:30:00Z"]],
            ["customer": ["state": "enabled", "verified_email": true]],
            ["discount_codes": [["code": "A"]]],
            ["line_items": [["quantity": 9, "gift_card": false]]],
        ] as [[String: JSONValue]])
    func `what is just ordinary is no signal`(fields: [String: JSONValue]) throws {
        #expect(try signals(.object(fields.merging(["id": 1]) { a, _ in a })).found.isEmpty)
    }

    @Test func `a guest's first order stays below the default threshold`() throws {
        let guest: JSONValue = [
            "id": 1, "created_at": "2026-11-21T12:00:00Z",
            "customer": ["created_at": "2026-11-21T12:00:02Z", "state": "disabled", "verified_email": true],
        ]
        let signals = try signals(guest)
        #expect(signals.found == [.newAccount, .accountNotEnabled])
        #expect(signals.score < OrderCreated.Settings().riskThreshold)
    }

    @Test func `settings move the limits`() throws {
        let order: JSONValue = ["id": 1, "total_price": "80.00", "line_items": [["quantity": 3]]]
        #expect(try signals(order).found.isEmpty)
        #expect(
            try signals(order, ["high_value": "79.50", "large_quantity": 3]).found == [.highValue, .largeQuantity])
    }

    @Test(
        arguments: [
            (["risk_threshold": 0], "risk_threshold must be from 1 to 20"),
            (["high_value": "much"], "high_value must be a number"),
            (["large_quantity": 1], "large_quantity must be from 2 to 10000"),
            (["new_account_minutes": 0], "new_account_minutes must be from 1 to 10080"),
        ] as [(JSONValue, String)])
    func `settings that make no sense are told`(settings: JSONValue, message: String) {
        #expect(throws: SettingsError(message)) { try settings.decode(OrderCreated.Settings.self) }
    }
}
