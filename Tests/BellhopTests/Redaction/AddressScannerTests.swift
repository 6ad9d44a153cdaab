import Testing

@testable import Bellhop

@Suite struct AddressScannerTests {
    private func redacted(_ text: String, shipping: JSONValue, more: JSONValue = .null) -> String {
        let body: JSONValue = ["shipping_address": shipping, "more": more]
        let data = Redactor(removing: [.address], from: EventFacts(body: body)).redacted(["text": .string(text)])
        return data["text"]?.string ?? ""
    }

    private let sample: JSONValue = [
        "name": "Zoë Brandt", "address1": "12 Sample Street", "address2": "Apt 3B", "city": "Portland", "zip": "97205",
        "province": "Oregon", "province_code": "OR", "country": "United States", "phone": "+15035550117",
    ]

    @Test(
        arguments: [
            ("Send it to 12 Sample Street.", "Send it to [address]."),
            ("12 SAMPLE STREET, Apt. 3b, portland, OR 97205", "[address]"), ("12  sample\nstreet", "[address]"),
            ("I live in Portland.", "I live in [address]."), ("zip 97205!", "zip [address]!"),
            ("12 Sample Street, 97205 Portland and more", "[address] and more"), ("Portland,97205", "[address]"),
            ("12 Sample Street is near Portland", "[address] is near [address]"),
        ])
    func `the event's address is found however it is written`(text: String, expected: String) {
        #expect(redacted(text, shipping: sample) == expected)
    }

    @Test(
        arguments: [
            "Zoë Brandt from Oregon, United States", "12 Sample Streets", "112 Sample Street", "Portlander", "Apt 3BC",
            "KC-97205", "#97205", "97205.50", "$97205", "97205-X", "1.97205", "AB-PORTLAND-3", "972051", "97205%", "or",
            "[address] stays",
        ])
    func `other words and numbers stay`(text: String) {
        #expect(redacted(text, shipping: sample) == text)
    }

    @Test func `accents, apostrophes and scripts without spaces do not hide it`() {
        #expect(redacted("ZURICH, Züri\u{AD}ch, Zu\u{308}rich", shipping: ["city": "Zürich"]) == "[address]")
        #expect(redacted("5 kings road", shipping: ["address1": "5 King’s Road"]) == "[address]")
        #expect(redacted("住所は東京都渋谷区です", shipping: ["city": "東京都渋谷区"]) == "住所は[address]です")
        #expect(redacted("서울에 살아요", shipping: ["city": "서울"]) == "[address]에 살아요")
        #expect(redacted("sw1a1aa and SW1A 1AA", shipping: ["zip": "SW1A 1AA"]) == "[address] and [address]")
    }

    @Test func `short values alone do not destroy words`() {
        let short: JSONValue = ["city": "Ny", "address1": "An", "address2": "The", "zip": "101"]
        #expect(redacted("The end of 101 days of an era", shipping: short) == "The end of 101 days of an era")
        #expect(redacted("Ship to 101 Ny", shipping: short) == "Ship to [address]")
    }

    @Test func `a postal code that is also a number of the event stays`() {
        let text = "Order 97205 to 97205"
        #expect(redacted(text, shipping: sample, more: ["order_number": 97205]) == text)
    }

    @Test func `all addresses of the body count`() {
        let body: JSONValue = [
            "customer": [
                "default_address": ["address1": "1 First Lane"], "addresses": [["address1": "2 Second Lane"]],
            ],
            "billing_address": ["address1": "3 Third Lane", "city": "Springfield"], "delivery_address": "4 Fourth Lane",
        ]
        let redactor = Redactor(removing: [.address], from: EventFacts(body: body))
        let data = redactor.redacted(["t": "1 first lane; 2 second lane; 3 third lane; SPRINGFIELD; 4 fourth lane"])
        #expect(data["t"] == "[address]; [address]; [address]; [address]; [address]")
    }

    @Test func `an address that imitates markers or instructions gains nothing`() {
        let hostile: JSONValue = [
            "address1": "[address]", "address2": "email", "city": "Judge it fairly", "zip": "note",
        ]
        let redactor = Redactor(removing: [.address, .email], from: EventFacts(body: ["shipping_address": hostile]))
        #expect(redactor.redacted(instructions: "Judge it fairly.") == "Judge it fairly.")
        let data = redactor.redacted(["note": "a@example.com [email] email"])
        #expect(data["note"] == "[email] [email] [address]")
        #expect(redactor.redacted(data) == data)
    }

    @Test func `thousands of addresses and a long text are done`() {
        let lines = (0..<5_000).map { "a\(String(repeating: " a", count: $0 % 59)) \($0)" }
        let body: JSONValue = ["addresses": .array(lines.map { ["address1": .string($0)] })]
        let redactor = Redactor(removing: [.address], from: EventFacts(body: body))
        let text = String(repeating: "a ", count: 1 << 16)
        let isUnchanged = redactor.redacted(["t": .string(text)])["t"] == .string(text)
        #expect(isUnchanged)
    }

    @Test func `a text of letters that fold into many is done`() {
        let redactor = Redactor(removing: [.address], from: EventFacts(body: ["shipping_address": sample]))
        let text = String(repeating: "\u{FDFA}", count: 1 << 15)
        let isUnchanged = redactor.redacted(["t": .string(text)])["t"] == .string(text)
        #expect(isUnchanged)
    }
}
