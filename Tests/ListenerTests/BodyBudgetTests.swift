import Addresses
import Listener
import Testing

@Suite struct BodyBudgetTests {
    private let one = IPAddress("203.0.113.1")
    private let two = IPAddress("203.0.113.2")
    private static let small = BodyBudget.smallBytes

    @Test func `all bodies together have a limit, and one that goes makes room`() {
        var budget = BodyBudget(whole: 100, largest: 10)
        #expect(budget.resize(from: 0, to: 60, for: nil) == nil)
        #expect(budget.resize(from: 0, to: 41, for: nil) == .whole)
        #expect(budget.resize(from: 0, to: 40, for: nil) == nil)
        #expect(budget.held == 100)
        #expect(budget.resize(from: 60, to: 0, for: nil) == nil)
        #expect(budget.resize(from: 0, to: 41, for: nil) == nil)
        #expect(budget.held == 81)
    }

    @Test func `one that may not grow keeps its size`() {
        var budget = BodyBudget(whole: 100, largest: 10)
        #expect(budget.resize(from: 0, to: 25, for: one) == nil)
        #expect(budget.resize(from: 25, to: 26, for: one) == .caller)
        #expect(budget.held == 25)
        #expect(budget.resize(from: 25, to: 0, for: one) == nil)
        #expect(budget.held == 0)
    }

    @Test func `a caller has a quarter, and leaves room for others`() {
        var budget = BodyBudget(whole: 100, largest: 10)
        #expect(budget.resize(from: 0, to: 20, for: one) == nil)
        #expect(budget.resize(from: 0, to: 6, for: one) == .caller)
        #expect(budget.resize(from: 0, to: 5, for: one) == nil)
        #expect(budget.limit(from: 0, to: 1, for: one) == .caller)
        #expect(budget.resize(from: 0, to: 25, for: two) == nil)
        #expect(budget.resize(from: 0, to: 50, for: nil) == nil)
        #expect(budget.resize(from: 20, to: 0, for: one) == nil)
        #expect(budget.resize(from: 0, to: 20, for: one) == nil)
    }

    @Test func `a caller of version 6 is one by its first 64 bits`() {
        var budget = BodyBudget(whole: 100, largest: 10)
        #expect(budget.resize(from: 0, to: 25, for: IPAddress("2001:db8:0:1::1")) == nil)
        #expect(budget.resize(from: 0, to: 1, for: IPAddress("2001:db8:0:1:ffff::2")) == .caller)
        #expect(budget.resize(from: 0, to: 25, for: IPAddress("2001:db8:0:2::1")) == nil)
        #expect(budget.resize(from: 25, to: 0, for: IPAddress("2001:db8:0:1::9")) == nil)
        #expect(budget.resize(from: 0, to: 25, for: IPAddress("2001:db8:0:1::1")) == nil)
    }

    @Test func `large bodies have half, whether they were announced or have grown`() {
        let size = 4 * Self.small
        var budget = BodyBudget(whole: 4 * size, largest: size)
        for _ in 1...2 { #expect(budget.resize(from: 0, to: size, for: nil) == nil) }
        #expect(budget.resize(from: 0, to: Self.small + 1, for: nil) == .large)
        #expect(budget.resize(from: 0, to: Self.small, for: nil) == nil)
        #expect(budget.resize(from: Self.small, to: Self.small + 1, for: nil) == .large)
        // It counts among the large ones with all that it has.
        #expect(budget.resize(from: size, to: size - Self.small, for: nil) == nil)
        #expect(budget.resize(from: Self.small, to: Self.small + 1, for: nil) == .large)
        #expect(budget.resize(from: size - Self.small, to: 0, for: nil) == nil)
        #expect(budget.resize(from: Self.small, to: Self.small + 1, for: nil) == nil)
        #expect(budget.resize(from: Self.small + 1, to: 0, for: nil) == nil)
        #expect(budget.held == size)
    }

    @Test func `small bodies may use all of it`() {
        var budget = BodyBudget(whole: 8 * Self.small, largest: Self.small)
        for _ in 1...8 { #expect(budget.resize(from: 0, to: Self.small, for: nil) == nil) }
        #expect(budget.resize(from: 0, to: 1, for: nil) == .whole)
    }

    @Test func `one largest body always fits an empty budget, whoever sends it`() {
        var budget = BodyBudget(whole: 1000, largest: 4 * Self.small)
        #expect(budget.resize(from: 0, to: 4 * Self.small, for: one) == nil)
        #expect(budget.resize(from: 0, to: 1, for: two) == .whole)
    }

    @Test func `no number of bytes makes it trap`() {
        var budget = BodyBudget(whole: .max, largest: .max)
        #expect(budget.resize(from: 0, to: .max, for: one) == nil)
        #expect(budget.resize(from: 0, to: .max, for: two) == .large)
        #expect(budget.resize(from: .max, to: 0, for: one) == nil)
        #expect(budget.held == 0)
    }
}
