import BellhopConfiguration
import Foundation
import Testing

/// Files that are made to use up memory or the stack.
@Suite(.timeLimit(.minutes(5))) struct HostileYAMLTests {
    private func mistake(in text: String) -> String? {
        do {
            _ = try SettingsFile.read(text: text)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func aliasesThatMultiplyAreRefused() {
        var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        for level in 1...20 {
            let references = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            lines.append("a\(level): &a\(level) [\(references)]")
        }
        #expect(mistake(in: lines.joined(separator: "\n"))?.contains("too large") == true)
    }

    /// The parser walks a key as soon as it has read its mapping.
    @Test(arguments: ["? *a20 : x", "{ *a20 : x }", "{*a20: x}", "[*a20]: x", "*a20 : x", "? { b: *a20 } : x"])
    func aliasesThatMultiplyAreRefusedAsKeys(key: String) {
        var lines = ["- &a0 [x, x]"]
        for level in 1...40 { lines.append("- &a\(level) [*a\(level - 1), *a\(level - 1)]") }
        let text = lines.joined(separator: "\n") + "\n- " + key.replacing("a20", with: "a40") + "\n"
        #expect(mistake(in: text)?.contains("too large") == true)
    }

    @Test func wordsWithStarsAreNoAliases() {
        let text = """
            providers: { local: { url: &url "http://127.0.0.1:11434/v1", headers: { X-A: "*url", X-B: 2 *url } } }
            models: { small: { provider: local } } # *nothing
            routing: { default: small }
            """
        #expect(mistake(in: text) == nil)
    }

    @Test func nestingThatIsTooDeepIsRefused() {
        let open = String(repeating: "[", count: 900)
        let close = String(repeating: "]", count: 900)
        #expect(mistake(in: "models: \(open)\(close)")?.contains("too large") == true)
    }

    @Test func nestingThatNeverEndsIsRefused() {
        #expect(mistake(in: String(repeating: "[", count: 1 << 20)) != nil)
        #expect(mistake(in: String(repeating: "{a: ", count: 1 << 18)) != nil)
    }

    @Test func aFileOfManyLinesIsRefused() {
        #expect(mistake(in: String(repeating: "a: b\n", count: 1 << 20))?.contains("larger than 1 MiB") == true)
    }

    @Test func anOrdinaryAliasIsUnderstood() {
        let text = """
            providers: { local: { url: &url "http://127.0.0.1:11434/v1" }, other: { url: *url } }
            models: { small: { provider: local } }
            routing: { default: small }
            """
        #expect(mistake(in: text) == nil)
    }
}
