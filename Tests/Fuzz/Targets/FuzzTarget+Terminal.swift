import Foundation
import Terminal

extension FuzzTarget {
    /// Texts of strangers on the way to a terminal: nothing is left that could steer it.
    static let terminal = FuzzTarget(name: "terminal") { data in
        let text = String(decoding: data, as: UTF8.self)
        let shown = text.printable
        try require(shown.printable == shown, "what is printable is changed")
        try require(
            shown.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }, "a control character is left"
        )
        try require(shown.unicodeScalars.count <= text.unicodeScalars.count, "a text grows")
        try require(shown.displayWidth >= 0, "a text has no width")
    }
}
