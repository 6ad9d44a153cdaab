import Terminal
import Testing

struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("Grüße", 5), ("e\u{301}", 1), ("東京", 4), ("한국", 4), ("ｆｕｌｌ", 8), ("👩‍🚀", 2), ("🇩🇪", 2),
        ("☕️", 2),
        ("\u{200B}", 0), ("…", 1), ("█░", 2),
    ])
    func countsColumns(text: String, columns: Int) {
        #expect(text.displayWidth == columns)
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("東京都", 5, "東京…"), ("東京都", 4, "東…"),
        ("abc", 1, "…"), ("abc", 0, ""),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
    ])
    func fitsTextIntoColumns(text: String, columns: Int, fitted: String) {
        #expect(text.fitting(columns) == fitted)
        #expect(text.fitting(columns).displayWidth <= columns)
    }
}
