import Bellhop
import Foundation
import Testing

@Suite struct RedactorTests {
    private let everything = Set(PersonalData.allCases)
    private let body: JSONValue = [
        "id": 6_021_473_918_231, "name": "#1047", "total_price": "123.97",
        "shipping_address": ["address1": "12 Sample Street", "city": "Portland", "zip": "97205"],
    ]

    private func redacted(_ data: PromptData, _ kinds: Set<PersonalData>? = nil) -> PromptData {
        Redactor(removing: kinds ?? everything, from: EventFacts(body: body)).redacted(data)
    }

    @Test func `texts at every depth are redacted, keys too`() {
        let data = redacted([
            "note": "zoe@example.com", "zoe@example.com": 1,
            "list": [["deep": ["503-555-0117", ["zoe@example.com": "12 sample street"]]]],
        ])
        #expect(
            data == [
                "note": "[email]", "[email]": 1, "list": [["deep": ["[phone]", ["[email]": "[address]"]]]],
            ])
    }

    @Test func `only the kinds asked for are removed`() {
        let data: PromptData = ["note": "zoe@example.com, 503-555-0117, 12 Sample Street", "city": "Salem"]
        #expect(redacted(data, []) == data)
        #expect(redacted(data, [.email])["note"] == "[email], 503-555-0117, 12 Sample Street")
        #expect(redacted(data, [.phone])["note"] == "zoe@example.com, [phone], 12 Sample Street")
        #expect(redacted(data, [.address])["note"] == "zoe@example.com, 503-555-0117, [address]")
        #expect(redacted(data, [.phone])["city"] == "Salem")
    }

    @Test func `fields that are an address or a number by their name are replaced as a whole`() {
        let data = redacted([
            "shipping_address": ["address1": "1 Elsewhere", "zip": 10115, "country_code": "DE", "name": "Zoë"],
            "deliveryAddress": "c/o somebody, unknown road", "addresses": ["one", "two"], "postal_code": "10115",
            "phone": "12 34 5", "contactPhone": 5_550_117, "phone_number": "ask me", "latitude": .number(45),
            "attributes": [
                ["name": "Delivery address", "value": "Anywhere 1"], ["name": "Phone", "value": "iPhone 15"],
                ["name": "Mobile", "value": "555 11"],
            ],
        ])
        #expect(
            data == [
                "shipping_address": ["address1": "[address]", "zip": "[address]", "country_code": "DE", "name": "Zoë"],
                "deliveryAddress": "[address]", "addresses": ["[address]", "[address]"], "postal_code": "[address]",
                "phone": "[phone]", "contactPhone": "[phone]", "phone_number": "ask me", "latitude": "[address]",
                "attributes": [
                    ["name": "Delivery address", "value": "[address]"], ["name": "Phone", "value": "iPhone 15"],
                    ["name": "Mobile", "value": "[phone]"],
                ],
            ])
    }

    @Test func `names of fields that say nothing of the kind leave values alone`() {
        let data: PromptData = [
            "email_address_verified": true, "ip_address": "host-7", "city_count": 3, "zipper": "YKK",
            "address_id": 1_234_567,
            "verified_email": "yes", "number_of_items": 1_234_567, "capacity": "5 l", "": "x",
        ]
        #expect(redacted(data) == data)
    }

    @Test func `fields whose names become the same are all kept`() {
        let data = redacted(["o": ["a@example.com": 1, "b@example.com": 2, "[email]": 3, "[email] (2)": 4]])
        #expect(data["o"] == ["[email]": 3, "[email] (2)": 4, "[email] (3)": 1, "[email] (4)": 2])
        let labels = redacted(["a@example.com": 1, "b@example.com": 2, "[email]": 3])
        #expect(labels == ["[email] (2)": 1, "[email] (3)": 2, "[email]": 3])
    }

    @Test func `a town does not rename a field`() {
        let facts = EventFacts(body: ["shipping_address": ["city": "Note"]])
        let data = Redactor(removing: [.address], from: facts).redacted(["note": "From Note", "Note 1": 1])
        #expect(data == ["note": "From [address]", "[address] 1": 1])
    }

    @Test func `numbers, truth values and null stay`() {
        let data: PromptData = ["a": 5_035_550_117, "b": true, "c": .null, "d": .number(Decimal(string: "5.5") ?? 0)]
        #expect(redacted(data) == data)
    }

    @Test func `a deeply nested value is done`() {
        var value: JSONValue = "zoe@example.com"
        for _ in 0..<190 { value = [value] }
        var expected: JSONValue = "[email]"
        for _ in 0..<190 { expected = [expected] }
        #expect(redacted(["a": value])["a"] == expected)
    }

    @Test func `a hundred thousand fields that become one name are done`() {
        let members = Dictionary(uniqueKeysWithValues: (0..<100_000).map { ("u\($0)@example.com", JSONValue.null) })
        #expect(redacted(["a": .object(members)])["a"]?.members?.count == 100_000)
    }

    /// Pieces that are or nearly are personal data, in random order.
    private static func text(seed: UInt64) -> String {
        let pieces = [
            "zoe@example.com", "@", "a.b", "\"", "'", "503-555-0117", "+1", "+49 30", "1234567", "12345", "97205",
            "0171",
            "12 Sample Street", "Portland", "[phone]", "[email]", "[address]", "[", "]", "(", ")", "-", ".", "/", ",",
            " ", "  ",
            "\n", "ext. 12", "x", "#", "$", "order", "no.", "2026", "24.11.2026", "kc-", "KC-SOAP", "é", "e\u{301}",
            "東京",
            "\u{200B}", "00", "1", "22", "333", "4444", ":", "_", "%", "€", "https://example.com/", "&", "com", "１２３",
        ]
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        return (0..<1 + next(14)).map { _ in pieces[next(pieces.count)] }.joined()
    }

    @Test func `redacting twice changes nothing more, whatever the text`() {
        let redactor = Redactor(removing: everything, from: EventFacts(body: body))
        var failures: [String] = []
        for seed in 0..<3_000 {
            let text = Self.text(seed: UInt64(seed))
            let once = redactor.redacted(["t": .string(text)])
            if redactor.redacted(once) != once { failures.append(text) }
        }
        #expect(failures.prefix(5) == [])
    }

    @Test func `no whole address or number of a fixed form survives, whatever stands around it`() {
        let redactor = Redactor(removing: everything, from: EventFacts(body: body))
        for seed in 0..<3_000 {
            let text = "\(Self.text(seed: UInt64(seed))) zoe@example.com \(Self.text(seed: UInt64(seed) &+ 77_777))"
            let data = redactor.redacted(["t": .string(text)])
            #expect(data["t"]?.string?.contains("zoe@example.com") == false, "\(text)")
        }
    }
}
