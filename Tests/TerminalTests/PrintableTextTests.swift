import Terminal
import Testing

struct PrintableTextTests {
    @Test(arguments: [
        ("plain text", "plain text"),
        ("\u{1B}[31mred\u{1B}[0m", "red"),
        ("\u{1B}]0;title\u{07}after", "after"),
        ("\u{1B}]8;;http://example.com\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
        ("\u{1B}P1$r0m\u{1B}\\text", "text"),
        ("\u{1B}(Btext", "text"),
        ("\u{1B}ctext", "text"),
        ("\u{9B}31mred", "red"),
        ("\u{9D}0;title\u{9C}after", "after"),
        ("\u{1B}\u{1B}[1mtext", "text"),
        ("\u{1B}[3\u{1B}[1mtext", "text"),
        ("line\nbreak\tand\rreturn", "line break and return"),
        ("bell\u{07} back\u{08} nul\u{00} del\u{7F}", "bell back nul del"),
        ("abc\u{202E}cba\u{2066}x", "abccbax"),
        ("Zoë 東京 👩‍🚀 ☕️", "Zoë 東京 👩‍🚀 ☕️"),
        ("unfinished \u{1B}", "unfinished "),
        ("unfinished \u{1B}]0;never", "unfinished "),
    ])
    func removesWhatCouldSteerATerminal(text: String, printed: String) {
        #expect(text.printable == printed)
    }

    @Test func nothingThatIsPrintableHoldsAControlCharacter() {
        let everything = (0...0xFF).compactMap(Unicode.Scalar.init).map(String.init)
        for first in everything {
            for second in ["\u{1B}", "[", "]", "m", "\u{07}"] {
                let controls = "\(first)\(second)".printable.unicodeScalars.filter {
                    $0.properties.generalCategory == .control
                }
                #expect(controls.isEmpty)
            }
        }
    }
}
