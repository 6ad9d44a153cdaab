import Bellhop
import Foundation
import Testing

@Suite struct RepeatableNumbersTests {
    private let constants = RunConstants(now: .distantPast, eventID: "e-1", handlerID: "a")

    private func numbers(
        of constants: RunConstants, for purpose: String = "lot", count: Int = 5
    ) -> [UInt64] {
        var source = Context(backend: Silent(), constants: constants).randomness(for: purpose)
        return (0..<count).map { _ in source.next() }
    }

    @Test func `they are those of SplitMix64`() {
        var numbers = RepeatableNumbers(seed: 1_234_567)
        #expect(
            (0..<5).map { _ in numbers.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func `the same event, handler and purpose give the same numbers in every process`() {
        #expect(numbers(of: constants) == numbers(of: constants))
        // Computed once: another number here would let running events draw their lots again.
        #expect(numbers(of: constants, count: 1) == [3_764_294_329_691_063_243])
    }

    @Test func `another event, handler or purpose has numbers of its own`() {
        let others = [
            numbers(of: RunConstants(now: .distantPast, eventID: "e-2", handlerID: "a")),
            numbers(of: RunConstants(now: .distantPast, eventID: "e-1", handlerID: "b")),
            numbers(of: constants, for: "other lot"), numbers(of: constants, for: ""), numbers(of: constants),
        ]
        #expect(Set(others.flatMap { $0 }).count == 25)
    }

    @Test func `the time is no part of it`() {
        let later = RunConstants(now: .distantFuture, eventID: "e-1", handlerID: "a")
        #expect(numbers(of: later) == numbers(of: constants))
    }

    @Test func `many events share a choice evenly`() {
        var counts: [Int: Int] = [:]
        for number in 0..<4000 {
            let constants = RunConstants(now: .distantPast, eventID: "event-\(number)", handlerID: "a")
            var lot = Context(backend: Silent(), constants: constants).randomness(for: "variant")
            counts[Int.random(in: 0..<4, using: &lot), default: 0] += 1
        }
        #expect(counts.values.allSatisfy { (850...1150).contains($0) }, "\(counts)")
    }
}

private struct Silent: ContextBackend {
    func answer(_ question: Question) async throws -> JSONValue { .null }
}
