import Testing

@testable import Bellhop

@Suite struct PhoneScannerTests {
    private func redacted(_ text: String, body: JSONValue = [:]) -> String {
        Redactor(removing: [.phone], from: EventFacts(body: body)).redacted(instructions: text)
    }

    @Test(
        arguments: [
            "+15035550117", "+1 503 555 0117", "+1 (503) 555-0117", "+1-503-555-0117", "(503) 555-0117", "503-555-0117",
            "503.555.0117", "503 555 0117", "5035550117", "555-0117", "1-800-555-0199", "1 800 555 0199",
            "1 (800) 555-0199", "+44 20 7946 0958", "020 7946 0958", "020 7946-0958", "(020) 7946 0958",
            "+49 30 1234567",
            "+49 (0)30 1234567", "030 1234567", "030/1234567", "030 / 1234567", "0049 30 1234567", "0171-123 45 67",
            "+33 1 23 45 67 89", "01 23 45 67 89", "01.23.45.67.89", "612 345 678", "03-1234-5678", "090-1234-5678",
            "98765 43210", "+91 98765 43210", "+86 139 1234 5678", "13912345678", "04 1234 5678", "91234-5678",
            "22 33 44 55", "503-555-0117 x89", "503-555-0117 ext. 12", "+7 (912) 345-67-89", "8 912 345-67-89",
            "+1\u{A0}503\u{A0}555\u{A0}0117", "503‑555‑0117", "503–555–0117", "503 - 555 - 0117",
            "+1503\u{200B}5550117",
            "٠٥٠١٢٣٤٥٦٧", "０３－１２３４－５６７８".replacing("－", with: "-"), "＋81 3 1234 5678",
        ])
    func `a phone number is replaced`(number: String) {
        #expect(redacted(number) == "[phone]")
        #expect(redacted("Call \(number), please.") == "Call [phone], please.")
        #expect(redacted("tel:\(number)\n") == "tel:[phone]\n")
    }

    @Test(
        arguments: [
            ("電話03-1234-5678です", "電話[phone]です"), ("(503-555-0117)", "([phone])"),
            ("503-555-0117/0171-1234567", "[phone]/[phone]"), ("503-555-0117 or 503-555-0118", "[phone] or [phone]"),
            ("12 towels, 503-555-0117", "12 towels, [phone]"), ("Order 1047 503-555-0117", "Order 1047 [phone]"),
            ("12345 503-555-0117", "12345 [phone]"), ("5035550117 24 towels", "[phone] 24 towels"),
            ("503-555-0117 12 towels", "[phone] 12 towels"), ("24.11.2026 5035550117", "24.11.2026 [phone]"),
            ("5035550117 24.11.2026", "[phone] 24.11.2026"), ("*5035550117*", "*[phone]*"),
            ("my number is 5035550117", "my number is [phone]"), ("phone no. 5035550117", "phone no. [phone]"),
            ("#1047: 503-555-0117", "#1047: [phone]"),
            ("zoe/503-555-0117", "zoe/[phone]"), ("[tel]5035550117", "[tel][phone]"),
            ("+49 30 1234567 2 towels", "[phone] 2 towels"),
        ])
    func `what stands beside a phone number stays`(text: String, expected: String) {
        #expect(redacted(text) == expected)
    }

    @Test(
        arguments: [
            // Orders, returns, codes of products and parcels.
            "#1047", "#10471234567", "Order #1234567-R1", "KC-SOAP-SEA-3", "KC-1234567", "AB1234567", "SKU_1234567",
            "1Z999AA10123456784", "RR123456789DE", "JD014600003SE12345678", "order 10023456", "Order no. 10023456",
            "order number: 112-1234567-1234567", "tracking number 123456789012", "Bestellung 10023456",
            "ISBN 0-306-40615-2",
            "gid://shopify/Order/60214739", "https://example.com/o/1234567", "6021473918231", "4006381333931",
            "978-3-16-148410-0",
            // Amounts.
            "$1234567", "€ 1234567", "1234567 €", "1234567.00", "1,234,567.89", "1.234.567,89", "1 234 567",
            "1.234.567",
            "1'234'567.50", "1’234’567", "1234567,50", "10000000 %".replacing(" ", with: ""), "3.14159265",
            // Dates and times.
            "2026-11-24", "24.11.2026", "11/24/2026", "24-11-2026", "2026/11/24", "20261124",
            "2026-11-24T09:42:17-08:00",
            "2026-11-24 10:30:00", "24.11.2026 - 30.11.2026", "24.11.2026 10:30", "2019-2026", "2019/2020",
            "2026-11-24 2026-11-30",
            // Anything else.
            "", "5 towels", "100", "123456", "1 2 3 4 5 6 7 8", "192.168.100.200", "10:30-11:45", "v1.2.3", "24/7/365",
            "size 38", "12345678901234567890", "&#1234567;", "100x200x300", "4111111111111111", "a1234567", "1234567b",
            "+1",
            "++1234", "+123 456", "1234567_8",
        ])
    func `what is no phone number stays`(text: String) {
        #expect(redacted(text) == text)
        #expect(redacted("I mean \(text) here") == "I mean \(text) here")
    }

    @Test func `numbers of the event itself stay, others of the same form go`() {
        let body: JSONValue = [
            "id": 602_147_391, "order_number": 10_023_456, "name": "10023457", "customer": ["phone": "5035550117"],
            "line_items": [["sku": "20-1234567", "barcode": "40063813"]], "total_price": "1234567.00",
            "note": "5035550118",
            "fulfillments": [["tracking_numbers": ["123456789012"]]], "phone": 5_035_550_119,
        ]
        for known in ["602147391", "10023456", "10023457", "20-1234567", "40063813", "1234567", "123456789012"] {
            #expect(redacted("About \(known) again", body: body) == "About \(known) again")
        }
        for phone in ["5035550117", "5035550118", "5035550119", "503-555-0117", "10023458"] {
            #expect(redacted("About \(phone) again", body: body) == "About [phone] again")
        }
        #expect(redacted("10023456 503-555-0117", body: body) == "10023456 [phone]")
        #expect(redacted("503-555-0117 10023456", body: body) == "[phone] 10023456")
    }

    @Test(
        arguments: [
            ("7", 1_048_576), ("1 ", 131_072), ("+", 131_072), ("(", 131_072), ("1-", 131_072), ("1\u{200B}", 131_072),
            ("12:34 ", 131_072), ("+1 ", 131_072), ("/1234567", 131_072), ("11 ", 131_072),
        ])
    func `a text made to be slow is done and grows no longer`(unit: String, bytes: Int) {
        let text = (unit == "/1234567" ? "://" : "") + String(repeating: unit, count: bytes / unit.utf8.count)
        let length = redacted(text).utf8.count
        #expect(length <= text.utf8.count)
    }

    @Test func `many numbers are a row of markers`() {
        let text = String(repeating: "503-555-0117\n", count: 1 << 13)
        let isDone = redacted(text) == String(repeating: "[phone]\n", count: 1 << 13)
        #expect(isDone)
    }
}
