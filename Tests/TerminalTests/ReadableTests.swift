import Terminal
import Testing

struct ReadableTests {
    @Test(arguments: [
        (Duration.zero, "0 µs"), (.microseconds(412), "412 µs"), (.nanoseconds(999_499), "999 µs"),
        (.nanoseconds(999_500), "1.0 ms"), (.microseconds(3240), "3.2 ms"), (.microseconds(999_940), "999.9 ms"),
        (.microseconds(999_950), "1.0 s"), (.milliseconds(1400), "1.4 s"), (.milliseconds(59_940), "59.9 s"),
        (.milliseconds(59_960), "1 min 00 s"), (.seconds(125), "2 min 05 s"), (.seconds(12_000), "3 h 20 min"),
        (.milliseconds(-1400), "-1.4 s"),
    ])
    func durationsTakeTheUnitThatSuits(duration: Duration, text: String) {
        #expect(duration.readable == text)
    }

    @Test func anAbsurdDurationIsStillAText() {
        #expect(Duration.seconds(Int64.max).readable.hasSuffix("min"))
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (12_400, "12,400"), (-1_234_567, "-1,234,567")])
    func countsAreGrouped(count: Int, text: String) {
        #expect(count.grouped == text)
    }

    @Test func theSmallestIntegerIsGrouped() {
        #expect(Int64.min.grouped == "-9,223,372,036,854,775,808")
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (10_700, "10.7 kB"), (999_949, "999.9 kB"),
        (999_950, "1.0 MB"), (3_000_000_000, "3.0 GB"), (Int.max, "9.2 EB"), (-2000, "-2.0 kB"),
    ])
    func sizesTakeTheUnitThatSuits(bytes: Int, text: String) {
        #expect(bytes.byteSize == text)
    }
}
