import Synchronization
import Terminal
import Testing

struct ProgressBarTests {
    @Test func showsShareCountsPaceAndWhatIsLeft() {
        let bar = ProgressBar("Replaying", isTerminal: true, style: .plain)
        #expect(
            bar.line(done: 500, total: 2000, elapsed: .seconds(2))
                == "Replaying ██████░░░░░░░░░░░░░░░░░░ 25 %  500 of 2,000  250/s  6.0 s left")
        #expect(
            bar.line(done: 2000, total: 2000, elapsed: .seconds(8))
                == "Replaying ████████████████████████ 100 %  2,000 of 2,000  250/s")
    }

    @Test(arguments: [(0, 0), (5, 0), (7, 5), (-1, 5), (1, Int.max)])
    func staysALineForOddCounts(done: Int, total: Int) {
        let bar = ProgressBar("x", isTerminal: true, style: .plain)
        let columns = bar.line(done: done, total: total, elapsed: .nanoseconds(1)).filter("█░".contains).count
        #expect(columns == 24)
        #expect(bar.line(done: done, total: total, elapsed: .zero).hasPrefix("x "))
    }

    @Test func drawsTenTimesASecondAtMostAndAlwaysTheEnd() {
        var bar = ProgressBar("x", isTerminal: true, style: .plain)
        #expect(bar.update(done: 0, total: 10, elapsed: .zero) != nil)
        #expect(bar.update(done: 1, total: 10, elapsed: .milliseconds(99)) == nil)
        #expect(bar.update(done: 2, total: 10, elapsed: .milliseconds(100)) != nil)
        #expect(bar.update(done: 3, total: 10, elapsed: .milliseconds(150)) == nil)
        #expect(bar.update(done: 10, total: 10, elapsed: .milliseconds(160)) != nil)
        #expect(bar.finish() == "\r\u{1B}[K")
        #expect(bar.finish() == nil)
    }

    @Test func writesNothingWhereThereIsNoTerminal() {
        var bar = ProgressBar("x", isTerminal: false, style: .plain)
        #expect(bar.update(done: 0, total: 10, elapsed: .zero) == nil)
        #expect(bar.update(done: 10, total: 10, elapsed: .seconds(1)) == nil)
        #expect(bar.finish() == nil)
    }

    @Test func aMeterTakesReportsFromManyTasks() async {
        let written = Mutex<[String]>([])
        let meter = ProgressMeter(
            ProgressBar("x", isTerminal: true, style: .plain), elapsed: { .zero },
            write: { text in written.withLock { $0.append(text) } })
        await withDiscardingTaskGroup { group in
            for done in 1..<50 {
                group.addTask { meter.update(done: done, total: 50) }
            }
        }
        meter.finish()
        // One draw and its removal: no time passes on this clock.
        #expect(written.withLock(\.count) == 2)
    }
}
