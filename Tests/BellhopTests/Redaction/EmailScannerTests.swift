import Testing

@testable import Bellhop

@Suite struct EmailScannerTests {
    private func redacted(_ text: String) -> String {
        Redactor(removing: [.email], from: EventFacts(body: [:])).redacted(instructions: text)
    }

    @Test(
        arguments: [
            ("zoe@example.com", "[email]"), ("Write to zoe@example.com.", "Write to [email]."),
            ("zoe.brandt+shop_1@mail.example.co.uk, please", "[email], please"),
            (#"He said "zoe@example.com"!"#, #"He said "[email]"!"#), ("'zoe@example.com'", "'[email]'"),
            ("“zoe@example.com”", "“[email]”"), ("<zoe@example.com>", "<[email]>"),
            ("Zoë <zoë@exämple.com>;", "Zoë <[email]>;"), ("иван@пример.рф", "[email]"),
            ("メールは山田@例え.jpです", "[email]"), ("ze\u{301}@example.com", "[email]"),
            ("zoe@bücher.xn--p1ai", "[email]"), ("O'Brien@example.com", "[email]"),
            ("**zoe@example.com**", "**[email]**"),
            ("mailto:zoe@example.com?subject=x", "mailto:[email]?subject=x"), ("zoe＠example.com", "[email]"),
            ("zoe\u{200B}@exam\u{AD}ple.com", "[email]"), (#""zoe brandt"@example.com"#, "[email]"),
            ("a@example.com,b@example.com", "[email],[email]"), ("ZOE@EXAMPLE.COM\nnext", "[email]\nnext"),
            ("zoe@example.com-12345", "[email]"), ("zoe@example.com.12345.", "[email]."),
            ("&lt;zoe@example.com&gt;", "&lt;[email]&gt;"), ("zoe@example.com2day", "[email]"),
        ])
    func `an address is replaced and what stands around it stays`(text: String, expected: String) {
        #expect(redacted(text) == expected)
    }

    @Test(
        arguments: [
            "", "@", "@@@", "@kelp_and_cotton follows", "3 towels @ 9.99 each", "zoe@localhost", "a@b", "a@.com",
            "a@b..com",
            "a@b.c", "zoe at example dot com", "2@2.5kg", "x@127.0.0.1", "@example.com", " @example.com", "ab@",
            "5€@shop",
        ])
    func `what is no address stays`(text: String) {
        #expect(redacted(text) == text)
    }

    @Test(
        arguments: [
            ("", "@", "", 1_048_576), ("", "a", "@", 1_048_576), ("@", "a.", "", 131_072), ("@", "a-", "", 131_072),
            ("", "a@", "", 131_072), ("", "\"@", "", 131_072), ("", "a@c.", "", 131_072), ("@", ".", "a", 131_072),
            ("", "\"", "@a.b", 131_072),
        ])
    func `a text made to be slow is done and unchanged`(start: String, unit: String, end: String, bytes: Int) {
        let text = start + String(repeating: unit, count: bytes / unit.utf8.count) + end
        let isUnchanged = redacted(text) == text
        #expect(isUnchanged)
    }

    @Test func `many addresses are a row of markers`() {
        let text = String(repeating: "zoe@example.com ", count: 1 << 13)
        let isDone = redacted(text) == String(repeating: "[email] ", count: 1 << 13)
        #expect(isDone)
    }
}
