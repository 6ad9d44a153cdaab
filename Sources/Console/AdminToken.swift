/// What a caller of the admin API has to present. Never printed.
package struct AdminToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let text: String

    package init(_ text: String) {
        self.text = text
    }

    var isEmpty: Bool {
        text.isEmpty
    }

    /// Compares in a time that depends on the length of what is presented alone.
    func matches(_ presented: Substring) -> Bool {
        let own = Array(text.utf8)
        let theirs = Array(presented.utf8)
        guard !own.isEmpty else { return false }
        var difference = own.count ^ theirs.count
        for (index, byte) in theirs.enumerated() {
            difference |= Int(byte ^ own[index % own.count])
        }
        return difference == 0
    }

    package var description: String { "[redacted]" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
