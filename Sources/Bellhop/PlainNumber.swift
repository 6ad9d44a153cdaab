import Foundation

extension Decimal {
    /// A number from an optional sign, ASCII digits and at most one point between them; at most 30 characters.
    init?(plainNumber text: some StringProtocol) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let groups = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 30, (1...2).contains(groups.count),
            groups.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIIDigit) })
        else { return nil }
        self.init(string: String(text))
    }
}
