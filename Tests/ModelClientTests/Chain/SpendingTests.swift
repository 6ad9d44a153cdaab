import Testing
import Vocabulary

@testable import ModelClient

struct SpendingTests {
    @Test func `admits anything without a limit`() {
        #expect(Spending(limit: nil).admits(nil))
        #expect(Spending(limit: nil).admits(USD(nanos: .max)))
    }

    @Test func `admits up to the limit and nothing of unknown price`() {
        let spending = Spending(limit: USD(nanos: 100))
        #expect(spending.admits(USD(nanos: 100)))
        #expect(!spending.admits(USD(nanos: 101)))
        #expect(!spending.admits(nil))
    }

    @Test func `counts what was spent, and an unknown cost as its worst case`() {
        var spending = Spending(limit: USD(nanos: 100))
        spending.settle(.billed(USD(nanos: 30)), worstCase: USD(nanos: 90))
        #expect(spending.admits(USD(nanos: 70)))
        spending.settle(.none, worstCase: USD(nanos: 70))
        #expect(spending.admits(USD(nanos: 70)))
        spending.settle(.unknown, worstCase: USD(nanos: 60))
        #expect(spending.admits(USD(nanos: 10)))
        #expect(!spending.admits(USD(nanos: 11)))
    }

    @Test func `bounds a request by its bytes and the longest answer`() {
        // 300 and 64 prompt tokens at 1 dollar per million, 50 completion tokens at 10 dollars per million.
        #expect(Model.sample("a").worstCase(requestBytes: 300, maxTokens: 50) == USD(nanos: 364_000 + 500_000))
        #expect(Model.sample("a").worstCase(requestBytes: 301, maxTokens: 0) == USD(nanos: 365_000))
        #expect(Model(name: "x", provider: "one").worstCase(requestBytes: 1, maxTokens: 1) == nil)
    }
}
