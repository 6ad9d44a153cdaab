import Testing

@testable import ModelClient

struct RetryBudgetTests {
    private var budget = RetryBudget(RetryBudgetRules(share: 0.1, reserve: 3), at: .zero)

    private mutating func taken(of wanted: Int, at seconds: Int = 0) -> Int {
        (0..<wanted).count { _ in budget.take(at: .seconds(seconds)) }
    }

    @Test mutating func `gives out its reserve and no more`() {
        let taken = taken(of: 10)
        #expect(taken == 3)
    }

    @Test mutating func `earns a tenth of a retry with each first request`() {
        _ = taken(of: 10)
        for _ in 0..<25 { budget.earn() }
        let taken = taken(of: 10)
        #expect(taken == 2)
    }

    @Test mutating func `gets its reserve back in quiet times, and not more`() {
        _ = taken(of: 10)
        let soon = taken(of: 10, at: 20)
        #expect(soon == 1)
        let later = taken(of: 10, at: 500)
        #expect(later == 3)
    }

    @Test mutating func `saves up no more than ten times its reserve`() {
        for _ in 0..<10_000 { budget.earn() }
        let taken = taken(of: 1000)
        #expect(taken == 40)
    }
}
