import Testing

@testable import ModelClient

struct BreakerTests {
    private var breaker = Breaker(
        BreakerRules(failures: 3, window: 6, interval: .seconds(10), longestInterval: .seconds(35)))

    private mutating func fail(_ times: Int = 1, isProbe: Bool = false, at seconds: Int = 0) {
        for _ in 0..<times { _ = breaker.failed(isProbe: isProbe, at: .seconds(seconds)) }
    }

    private mutating func opens(at seconds: Int = 0) -> Bool {
        breaker.failed(isProbe: false, at: .seconds(seconds))
    }

    private mutating func probes(at seconds: Int) -> Bool {
        breaker.begin(at: .seconds(seconds))
    }

    private mutating func recovers(isProbe: Bool = false) -> Bool {
        breaker.succeeded(isProbe: isProbe)
    }

    @Test mutating func `lets everything through until failures pile up`() {
        fail(2)
        #expect(breaker.leave(at: .zero) == .anything)
        #expect(opens())
        #expect(breaker.leave(at: .seconds(4)) == .nothing(for: .seconds(6)))
    }

    @Test mutating func `stays closed while most requests succeed`() {
        for _ in 0..<20 {
            fail()
            _ = breaker.succeeded(isProbe: false)
            _ = breaker.succeeded(isProbe: false)
        }
        #expect(breaker.state == .closed)
    }

    @Test mutating func `forgets what is outside its window`() {
        fail(2)
        for _ in 0..<6 { _ = breaker.succeeded(isProbe: false) }
        fail(2)
        #expect(breaker.state == .closed)
    }

    @Test mutating func `lets exactly one probe through after the interval`() {
        fail(3)
        #expect(breaker.leave(at: .seconds(10)) == .probe)
        #expect(probes(at: 10))
        #expect(breaker.leave(at: .seconds(10)) == .nothing(for: .seconds(20)))
        #expect(!probes(at: 1000))
    }

    @Test mutating func `doubles the interval with each failed probe, up to the longest`() {
        fail(3)
        for (start, end) in [(10, 30), (30, 65), (65, 100)] {
            #expect(probes(at: start))
            fail(isProbe: true, at: start)
            #expect(breaker.leave(at: .seconds(start)) == .nothing(for: .seconds(end - start)))
        }
    }

    @Test mutating func `opens its doors by and by after a good probe`() {
        fail(3)
        _ = breaker.begin(at: .seconds(10))
        #expect(!recovers(isProbe: true))
        #expect(breaker.leave(at: .seconds(10)) == .atMost(1))
        for width in [2, 4, 8, 16, 32, 64] {
            #expect(!recovers())
            #expect(breaker.leave(at: .seconds(10)) == .atMost(width))
        }
        #expect(recovers())
        #expect(breaker.state == .closed)
    }

    @Test mutating func `begins with the shortest interval again after it has recovered`() {
        fail(3)
        _ = breaker.begin(at: .seconds(10))
        for _ in 0..<9 { _ = breaker.succeeded(isProbe: true) }
        fail(3, at: 100)
        #expect(breaker.leave(at: .seconds(100)) == .nothing(for: .seconds(10)))
    }

    @Test mutating func `opens again when a request fails on the ramp`() {
        fail(3)
        _ = breaker.begin(at: .seconds(10))
        _ = breaker.succeeded(isProbe: true)
        fail(at: 11)
        #expect(breaker.leave(at: .seconds(11)) == .nothing(for: .seconds(20)))
    }

    @Test mutating func `is not moved by late news from before it opened`() {
        fail(3)
        fail(5, at: 9)
        _ = breaker.succeeded(isProbe: false)
        #expect(breaker.leave(at: .seconds(9)) == .nothing(for: .seconds(1)))
        _ = breaker.begin(at: .seconds(10))
        fail(at: 12)
        _ = breaker.succeeded(isProbe: false)
        #expect(breaker.state == .probing)
    }

    @Test mutating func `sends no second probe in an interval when the first said nothing`() {
        fail(3)
        _ = breaker.begin(at: .seconds(10))
        breaker.probeSaidNothing(at: .seconds(12))
        #expect(breaker.leave(at: .seconds(12)) == .nothing(for: .seconds(20)))
        #expect(breaker.leave(at: .seconds(32)) == .probe)
    }
}
