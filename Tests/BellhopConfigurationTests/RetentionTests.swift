import BellhopConfiguration
import Foundation
import InboxCore
import Testing

@Suite struct RetentionTests {
    private static let day = Duration.seconds(86_400)

    @Test func `every key is read`() throws {
        let rules = try Sample.settings(
            adding: "retention: { payloads: 12h, history: 7d, ledger: 2d, max_size: 500MiB }"
        ).retention
        #expect(rules.payloads == Self.day / 2)
        #expect(rules.history == Self.day * 7)
        #expect(rules.ledger == Self.day * 2)
        #expect(rules.maxBytes == 500 << 20)
    }

    @Test func `what is not written has its default, and each bound can be lifted`() throws {
        #expect(try Sample.settings().retention == RetentionRules())
        let rules = try Sample.settings(
            adding: "retention: { payloads: never, history: never, ledger: never, max_size: none }"
        ).retention
        #expect(rules.payloads == nil && rules.history == nil && rules.ledger == nil && rules.maxBytes == nil)
    }

    @Test(arguments: [
        ("retention: { payloads: 30 }", "a time such as 30d"), ("retention: { payloads: 1.5d }", "a time such as 30d"),
        ("retention: { payloads: 0d }", "from 1s"), ("retention: { payloads: -1d }", "a time such as 30d"),
        ("retention: { payloads: 99999999999999999d }", "a time such as 30d"),
        ("retention: { payloads: forever }", "or never"), ("retention: { payloads: [1d] }", "a time such as 30d"),
        ("retention: { history: 29d }", "for as long as payloads"),
        ("retention: { payloads: never }", "for as long as payloads"),
        ("retention: { ledger: 1d }", "at least 2d"), ("retention: { max_size: 10GB }", "a size from 1MiB to 1024TiB"),
        ("retention: { max_size: 9223372036854775807TiB }", "a size from 1MiB"),
        ("retention: { max_size: 0MiB }", "from 1MiB"), ("retention: { payload: 1d }", "did you mean payloads?"),
    ])
    func `what cannot be meant is refused with its line`(line: String, words: String) throws {
        let error = try Sample.mistake(adding: line)
        #expect(error.line == 13)
        #expect(error.message.contains(words), "\(error)")
    }
}
