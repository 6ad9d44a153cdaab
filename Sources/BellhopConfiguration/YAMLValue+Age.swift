import Yams

extension YAMLValue {
    /// A length of time in days, hours, minutes or seconds, such as `30d`; `never` is `nil`.
    func age() throws -> Duration? {
        if isWord("never") { return nil }
        let units: [(suffix: String, seconds: Int)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]
        let text = node.scalar?.string ?? ""
        for (suffix, seconds) in units where text.hasSuffix(suffix) {
            // Checked before the product, which does not always fit.
            if let number = Int(text.dropLast(suffix.count)), (1...Self.longestAge / seconds).contains(number) {
                return .seconds(number * seconds)
            }
        }
        throw mistake("must be a time such as 30d or 12h, from 1s to 36500d, or never")
    }

    /// In seconds.
    private static let longestAge = 36_500 * 86_400

    /// Whether it is this word.
    func isWord(_ word: String) -> Bool {
        node.scalar?.string == word
    }
}
