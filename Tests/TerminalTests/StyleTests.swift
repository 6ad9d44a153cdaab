import Terminal
import Testing

struct StyleTests {
    @Test(arguments: [
        ([:], true, Style.colour),
        ([:], false, .plain),
        (["NO_COLOR": "1"], true, .plain),
        (["NO_COLOR": ""], true, .colour),
        (["TERM": "dumb"], true, .plain),
        (["TERM": "xterm-256color"], true, .colour),
        (["TERM": "xterm-256color"], false, .plain),
    ])
    func colourNeedsATerminalAndNobodyAgainstIt(environment: [String: String], isTerminal: Bool, style: Style) {
        #expect(Style.detect(environment: environment, isTerminal: isTerminal) == style)
    }

    @Test(arguments: Tint.allCases)
    func everyTintShowsAndEnds(tint: Tint) {
        let painted = Style.colour.paint("ok", tint)
        #expect(painted.hasPrefix("\u{1B}["))
        #expect(painted.hasSuffix("mok\u{1B}[0m"))
        #expect(painted.printable == "ok")
        #expect(Style.plain.paint("ok", tint) == "ok")
    }

    @Test func noTwoTintsLookAlike() {
        #expect(Set(Tint.allCases.map { Style.colour.paint("ok", $0) }).count == Tint.allCases.count)
    }

    @Test func nothingIsPaintedWithoutATintOrText() {
        #expect(Style.colour.paint("ok", nil) == "ok")
        #expect(Style.colour.paint("", .failure).isEmpty)
    }
}
