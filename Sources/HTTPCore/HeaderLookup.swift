import Foundation

extension [(name: String, value: String)] {
    /// The first value of a header, by its name in any case.
    func firstValue(of name: String) -> String? {
        first { $0.name.caseInsensitiveCompare(name) == .orderedSame }?.value
    }
}
