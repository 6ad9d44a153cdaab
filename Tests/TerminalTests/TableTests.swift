import Terminal
import Testing

struct TableTests {
    @Test func alignsColumnsByWhatATerminalShows() {
        var table = Table([.init("Shop"), .init("Events", alignment: .right), .init("State")])
        table.add(["kelp", "7", "done"])
        table.add(["東京の店", "12,400", "held"])
        table.add(["cafe\u{301}", "30", "dead"])
        #expect(
            table.rendered(.plain) == """
                Shop      Events  State
                kelp           7  done
                東京の店  12,400  held
                cafe\u{301}          30  dead

                """)
    }

    @Test func endsALongCellInAnEllipsis() {
        var table = Table([.init("Model", maxWidth: 8), .init("n")])
        table.add(["openai/gpt-5-mini", "1"])
        #expect(
            table.rendered(.plain) == """
                Model     n
                openai/…  1

                """)
    }

    @Test func colourLeavesTheAlignmentAlone() {
        var table = Table([.init("State"), .init("n", alignment: .right)])
        table.add([.init("done", tint: .success), "1"])
        table.add([.init("failed", tint: .failure), "20"])
        #expect(
            table.rendered(.colour) == """
                \u{1B}[1mState\u{1B}[0m    \u{1B}[1mn\u{1B}[0m
                \u{1B}[32mdone\u{1B}[0m     1
                \u{1B}[31mfailed\u{1B}[0m  20

                """)
        #expect(!table.rendered(.plain).contains("\u{1B}"))
    }

    @Test func hostileCellsCannotSteerTheTerminal() {
        var table = Table([.init("Reason", maxWidth: 20), .init("n")])
        table.add(["\u{1B}[2Jgone\n\u{1B}]0;owned\u{07}!", "1"])
        #expect(
            table.rendered(.plain) == """
                Reason  n
                gone !  1

                """)
    }

    @Test func fillsShortRowsAndDropsExtraCells() {
        var table = Table([.init("a"), .init("b")])
        table.add(["1"])
        table.add(["1", "2", "3"])
        #expect(table.rendered(.plain) == "a  b\n1  \n1  2\n")
    }

    @Test func isOnlyTitlesWithoutRows() {
        #expect(Table([.init("a"), .init("b")]).rendered(.plain) == "a  b\n")
    }
}
