import BenchmarkReport
import Testing

struct ReportTests {
    @Test(arguments: [
        (Aim.atLeast(0.4), 0.4, "at least 0.4: met"), (.atLeast(0.4), 0.3999, "at least 0.4: missed"),
        (.atMost(1.2), 1.2, "at most 1.2: met"), (.atMost(1.2), 1.2001, "at most 1.2: missed"),
        (.under(15), 14.999, "under 15: met"), (.under(15), 15, "under 15: missed"),
    ])
    func `an aim says whether it is met`(aim: Aim, measured: Double, verdict: String) {
        #expect(aim.verdict(on: measured) == verdict)
    }

    @Test func `what could not be measured misses every aim`() {
        for aim in [Aim.atLeast(0), .atMost(.infinity), .under(1)] { #expect(!aim.isMet(by: .nan)) }
    }

    @Test func `a section is a table under its title`() {
        var section = Report.Section("Rates", "Measured in turn.", columns: ["server", "aim"])
        section.add("bare", Aim.atLeast(2).verdict(on: 1))
        #expect(
            section.text == """
                ## Rates

                Measured in turn.

                | server | aim |
                | --- | --- |
                | bare | at least 2: missed |

                """)
    }
}
