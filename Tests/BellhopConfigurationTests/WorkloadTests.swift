import BellhopConfiguration
import CostEstimate
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite struct WorkloadTests {
    private let smallest = """
        name: A day
        work:
          - task: review_sentiment
            class: high_volume
            calls_per_day: 100
            tokens: 800
        """

    /// Reads the file `workload.yaml` of a folder with these files.
    private func read(_ text: String, besides files: [String: String] = [:]) throws -> Workload {
        try TemporaryFolder.with(files.merging(["workload.yaml": text], uniquingKeysWith: { _, last in last })) {
            try WorkloadReader.read($0.appending(path: "workload.yaml"))
        }
    }

    /// The mistake that reading the text reports.
    private func mistake(in text: String, besides files: [String: String] = [:]) throws -> ConfigurationError {
        try #require(#expect(throws: ConfigurationError.self) { try read(text, besides: files) })
    }

    private func shipped(_ name: String) throws -> Workload {
        let root = URL(filePath: "../..", relativeTo: URL(filePath: #filePath))
        return try WorkloadReader.read(root.appending(path: "samples/workloads/\(name)"))
    }

    @Test func aFewLinesAreEnough() throws {
        let workload = try read(smallest)
        let work = try #require(workload.work.first)
        #expect(workload.name == "A day")
        #expect(work.name == "review_sentiment")
        #expect(work.routing == Routing(.highVolume, task: .reviewSentiment))
        #expect(work.tokens == TokensPerCall(prompt: 400, completion: 400))
        #expect(work.assumesEvenSplit)
        #expect(workload.source == nil && workload.claimed == Claims() && workload.volumes.isEmpty)
    }

    @Test func everyKeyIsRead() throws {
        let workload = try read(
            """
            name: A day
            description: Two kinds of work.
            single: { model: Big, prompt: 3, completion: 15 }
            claimed: { single: 2.50, routed: 0.5, saved: 80.0 }
            work:
              - name: reviews
                task: review_sentiment
                class: creative
                complexity: high
                calls_per_day: 2_400
                tokens: 1000
                split: 0.7
                claimed: { single: 14.40, routed: 0.27 }
                stated: { model: Small, prompt: 0.075, completion: 0.30 }
              - { task: own_task2, class: complex, calls_per_day: 1, prompt: 600, completion: 0 }
            volumes:
              - { calls_per_day: 500, claimed: { single: 110 } }
              - { calls_per_day: 10 }
            """)
        #expect(workload.description == "Two kinds of work.")
        #expect(workload.source?.name == "Big")
        #expect(workload.source?.completion == TokenPrice(picos: 15_000_000))
        #expect(workload.claimed.single?.value == USD.cents(250).dollars)
        #expect(workload.claimed.single?.decimals == 2)
        #expect(workload.claimed.routed?.decimals == 1)
        #expect(workload.claimedSaving == ClaimedFigure(80, decimals: 1))
        let reviews = try #require(workload.work.first)
        #expect(reviews.name == "reviews")
        #expect(reviews.routing == Routing(.creative, task: .reviewSentiment, complexity: .high))
        #expect(reviews.callsPerDay == 2400)
        #expect(reviews.tokens == TokensPerCall(prompt: 700, completion: 300))
        #expect(!reviews.assumesEvenSplit)
        #expect(reviews.claimed.single == ClaimedFigure(USD.cents(1440).dollars, decimals: 2))
        #expect(reviews.stated?.prompt == TokenPrice(picos: 75_000))
        let own = try #require(workload.work.last)
        #expect(own.tokens == TokensPerCall(prompt: 600, completion: 0))
        #expect(!own.assumesEvenSplit && own.stated == nil)
        #expect(workload.volumes.map(\.callsPerDay) == [500, 10])
        #expect(workload.volumes.first?.claimed.single == ClaimedFigure(110, decimals: 0))
    }

    @Test(arguments: [
        ("name: A day", "nam: A day", 1, "did you mean name?"),
        ("work:", "wrok:", 2, "did you mean work?"),
        ("class: high_volume", "class: high_volum", 4, "did you mean high_volume?"),
        ("task: review_sentiment", "task: Review Sentiment", 3, "review_sentiment"),
        ("task: review_sentiment", "task: \(String(repeating: "a", count: 65))", 3, "must be a task"),
        ("task: review_sentiment", "task:", 3, "work[0].task has no value"),
        ("calls_per_day: 100", "calls_per_day: 2,400", 5, "whole number from 1 to 100000000"),
        ("calls_per_day: 100", "calls_per_day: 0", 5, "whole number from 1"),
        ("    calls_per_day: 100\n", "", 3, "needs the key calls_per_day"),
        ("tokens: 800", "tokens: 99999999999999999999", 6, "whole number from 1 to 10000000"),
        ("tokens: 800", "prompt: 800", 3, "tokens: 800, or prompt: 600 and completion: 200"),
        ("tokens: 800", "split: 0.5", 6, "write tokens beside it"),
        ("tokens: 800", "tokens: 800\n    prompt: 800", 7, "leave out one of them"),
        ("tokens: 800", "tokens: 800\n    split: 70", 7, "from 0 to 1, for example 0.7"),
        ("tokens: 800", "tokens: 800\n    split: .nan", 7, "from 0 to 1"),
        ("tokens: 800", "tokens: 800\n    complexity: hard", 7, "use one of: normal, high"),
        ("tokens: 800", "tokens: 800\n    claimed: { single: $14 }", 7, "for example 14.40"),
        ("tokens: 800", "tokens: 800\n    claimed: { single: -1 }", 7, "for example 14.40"),
        ("tokens: 800", "tokens: 800\n    claimed: { single: 0.0000000001 }", 7, "for example 14.40"),
        ("tokens: 800", "tokens: 800\n    claimed: { sinlge: 1 }", 7, "did you mean single?"),
        ("tokens: 800", "tokens: 800\n    stated: { model: X, prompt: 1 }", 7, "needs the key completion"),
        ("tokens: 800", "tokens: 800\n    stated: { model: X, prompt: a, completion: 1 }", 7, "for example 0.25"),
        ("tokens: 800", "tokens: 800\nclaimed: { saved: 180 }", 7, "percentage from 0 to 100"),
        ("tokens: 800", "tokens: 800\nvolumes: []", 7, "1 to 200 entries"),
        ("tokens: 800", "tokens: 800\nvolumes: [{ calls_per_day: many }]", 7, "whole number"),
    ])
    func aMistakeIsNamedWithItsLine(original: String, wrong: String, line: Int, words: String) throws {
        let error = try mistake(in: smallest.replacing(original, with: wrong))
        #expect(error.line == line, "\(error)")
        #expect(error.description.contains(words), "\(error)")
        #expect(error.file.hasSuffix("workload.yaml"))
    }

    @Test(arguments: [
        "    claimed: { single: 1 }", "    stated: { model: X, prompt: 1, completion: 1 }", "claimed: { saved: 80 }",
        "volumes: [{ calls_per_day: 5, claimed: { routed: 1 } }]",
    ])
    func whatASourceSaysNeedsItsPrices(line: String) throws {
        let error = try mistake(in: smallest + "\n" + line)
        #expect(error.description.contains("single: { model: NAME, prompt: 3, completion: 15 }"), "\(error)")
    }

    @Test func aListThatIsTooLongIsRefused() throws {
        let rows = Array(repeating: "  - { calls_per_day: 1 }", count: 201).joined(separator: "\n")
        #expect(try mistake(in: "\(smallest)\nvolumes:\n\(rows)").description.contains("1 to 200 entries"))
    }

    @Test func theWorkOfAnotherFileIsTakenWithItsClaims() throws {
        let day = smallest + "\nsingle: { model: Big, prompt: 3, completion: 15 }\nclaimed: { single: 2.50 }"
        let workload = try read(
            "name: A month\nmix: day.yaml\nvolumes: [{ calls_per_day: 9, claimed: { single: 5 } }]",
            besides: ["day.yaml": day])
        #expect(workload.name == "A month")
        #expect(workload.mix == "day.yaml")
        #expect(workload.work.map(\.callsPerDay) == [100])
        #expect(workload.source?.name == "Big")
        #expect(workload.claimed.single?.value == USD.cents(250).dollars)
        #expect(workload.volumes.map(\.callsPerDay) == [9])
    }

    @Test(arguments: [
        ("mix: ../day.yaml\nvolumes: [{ calls_per_day: 9 }]", "workload.yaml:2", "same folder"),
        ("mix: .\nvolumes: [{ calls_per_day: 9 }]", "workload.yaml:2", "same folder"),
        ("mix: none.yaml\nvolumes: [{ calls_per_day: 9 }]", "none.yaml", "cannot be read"),
        ("mix: workload.yaml\nvolumes: [{ calls_per_day: 9 }]", "workload.yaml:2", "work of its own"),
        ("mix: day.yaml", "workload.yaml:1", "needs the key volumes"),
        ("mix: day.yaml\nclaimed: { single: 1 }\nvolumes: [{ calls_per_day: 9 }]", "workload.yaml:3", "leave out one"),
        ("mix: broken.yaml\nvolumes: [{ calls_per_day: 9 }]", "broken.yaml:2", "did you mean work?"),
    ])
    func anotherFileThatCannotServeIsAMistake(text: String, place: String, words: String) throws {
        let error = try mistake(
            in: "name: A month\n" + text, besides: ["day.yaml": smallest, "broken.yaml": "name: x\nwrk: []"])
        #expect(error.description.contains(place), "\(error)")
        #expect(error.description.contains(words), "\(error)")
    }

    @Test func aFileThatIsNotThereIsNamedWithAnExample() {
        let error = #expect(throws: ConfigurationError.self) {
            try WorkloadReader.read(URL(fileURLWithPath: "/nowhere/w.yaml"))
        }
        #expect(error?.description.contains("/nowhere/w.yaml") == true)
        #expect(error?.description.contains("samples/workloads/daily.yaml") == true)
    }

    @Test func theDocumentedWorkloadIsSound() throws {
        let page = URL(filePath: "../../docs/costs.md", relativeTo: URL(filePath: #filePath))
        let blocks = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```yaml\n").dropFirst()
        let workload = try read(String(try #require(blocks.first).prefix { $0 != "`" }))
        #expect(workload.work.map(\.routing.complexity) == [.normal, .high])
        #expect(workload.work.last?.tokens == TokensPerCall(prompt: 2400, completion: 600))
    }

    @Test func theShippedWorkloadsAreSound() throws {
        let day = try shipped("daily.yaml")
        #expect(day.work.map(\.callsPerDay) == [2400, 500, 300, 800])
        #expect(day.work.map(\.tokens.total) == [800, 1200, 2000, 600])
        #expect(day.work.allSatisfy { $0.assumesEvenSplit })
        let month = try shipped("monthly.yaml")
        #expect(month.mix == "daily.yaml")
        #expect(month.work == day.work)
        #expect(month.volumes.map(\.callsPerDay) == [500, 2000, 10_000, 50_000])
    }
}
