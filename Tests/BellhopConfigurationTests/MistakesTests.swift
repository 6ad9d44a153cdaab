import BellhopConfiguration
import Testing

/// Who mends a file wants to hear all that is wrong with it.
@Suite struct MistakesTests {
    @Test func `the mistakes of all parts are named at once, in the order of the file`() throws {
        let text = """
            budgts: { daily: 5 }
            server: { port: 99999 }
            providers:
              one: { url: "http://127.0.0.1:1/v1", dialect: openruter }
              two: { url: "http://127.0.0.1:2/v1", ky_env: K, headrs: { a: b } }
            models:
              small: { provider: one, price: { prompt: lots } }
            routing: { default: small, classses: { complex: small } }
            events: { max_tokens: lots }
            """
        let error = #expect(throws: ConfigurationError.self) { try SettingsFile.read(text: text) }
        #expect(error?.all.map(\.line) == [1, 2, 4, 5, 5, 7, 8, 9], "\(String(describing: error))")
    }

    @Test func `a file with thousands of mistakes is answered with some of them`() throws {
        let keys = (0..<5_000).map { "k\($0): 1" }.joined(separator: "\n")
        let error = #expect(throws: ConfigurationError.self) { try SettingsFile.read(text: keys) }
        #expect(error?.all.count == 51)
        #expect(error?.all.last?.message.hasPrefix("and ") == true)
    }
}
