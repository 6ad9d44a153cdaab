import Bellhop
import Foundation
import Subprocess
import Testing

/// `bellhop costs estimate` as a user sees it.
@Suite(.timeLimit(.minutes(10))) struct CostsEstimateTests {
    private static let day = "samples/workloads/daily.yaml"
    private static let month = "samples/workloads/monthly.yaml"

    private func estimate(_ arguments: String...) async throws -> Program.Outcome {
        try await Program.run(["costs", "estimate"] + arguments)
    }

    /// The outputs that docs/costs.md shows, by the command that prints them.
    private func documented() throws -> [(command: String, output: String)] {
        let page = try String(contentsOf: Project.root.appending(path: "docs/costs.md"), encoding: .utf8)
        return page.components(separatedBy: "```").compactMap { block in
            guard let prompt = block.range(of: "\n$ bellhop "),
                let end = block[prompt.upperBound...].firstIndex(of: "\n")
            else { return nil }
            return (String(block[prompt.upperBound..<end]), String(block[block.index(after: end)...]))
        }
    }

    @Test func `the documentation shows what the command prints`() async throws {
        let documented = try documented()
        #expect(documented.count == 2)
        for (command, output) in documented {
            let outcome = try await Program.run(command.split(separator: " ").map(String.init))
            #expect(outcome.status == .exited(0))
            #expect(outcome.output == output, "\(command) prints something else: renew docs/costs.md")
        }
    }

    @Test func `claims that do not follow are explained`() async throws {
        let output = try await estimate(Self.day).output
        #expect(output.contains("inventory sync: 14.40 would follow with 2,000 calls a day instead of 2,400 (14.40)."))
        #expect(output.contains("inventory sync: 0.27 would follow if all tokens cost the input price (0.2688),"))
        #expect(output.contains("at the prices of Gemini Flash, 0.075 and 0.30 (0.09)"))
        #expect(output.contains("\"computed\" as shown adds up to 6.01, exactly to 6.0165."))
        #expect(output.contains("80 % claimed, 80.3 % by the claimed totals, 81.4 % by the stated prices"))
    }

    @Test func `months are held against the day`() async throws {
        let output = try await estimate(Self.month).output
        #expect(output.contains("The 4 rows agree with each other: 0.007333 for a call gives them all."))
        #expect(output.contains("  with each month rounded to 2 significant digits."))
        #expect(output.contains("  with the cost of a call rounded to 3 significant digits, 0.00145,"))
    }

    @Test func `programs get exact decimals as texts`() async throws {
        let json = try JSONValue(parsing: await estimate(Self.day, "--json", "--fee", "5.5").json)
        #expect(json["per_day"]?["single"] == "32.4")
        let rows = try #require(json["rows"]?.elements)
        let routed = rows.compactMap { $0["per_day"]?["routed"]?.string }.compactMap { Decimal(string: $0) }
        #expect(routed.count == 4)
        #expect(json["per_day"]?["routed"] == .string(routed.reduce(0, +).description))
        #expect(json["per_year"]?["single_fee"] == "650.43")
        #expect(json["claims"]?[1]?["computed_total"] == "6.0165")
        #expect(json["claims"]?[0]?["rows"]?[0]?["fits"]?[0]?["calls"] == 2000)
        #expect(json["claims"]?[0]?["follows"] == false)
    }

    @Test func `the days of a month and the one model can be chosen`() async throws {
        let arguments = [Self.day, "--json", "--month-days", "31", "--single", "mistral/mistral-large-3"]
        let json = try JSONValue(parsing: await Program.run(["costs", "estimate"] + arguments).json)
        #expect(json["days_of_a_month"] == 31)
        #expect(json["single_model"]?["name"] == "mistralai/mistral-large-2512")
        // 3.6 million tokens at 1.00 a million on average.
        #expect(json["per_day"]?["single"] == "3.6")
        #expect(json["per_month"]?["single"] == "111.6")
    }

    @Test func `the fee is shown apart`() async throws {
        // The shipped bellhop.yaml names OpenRouter's.
        let output = try await estimate(Self.day).output
        #expect(output.contains("A fee of 5.5 % for buying the credit comes on top."))
        #expect(output.contains("year           650.43        36.74           12,476.43           704.69"))
        #expect(try await estimate(Self.day, "--fee", "11").output.contains("A fee of 11 %"))
        #expect(!(try await estimate(Self.day, "--fee", "0").output.contains("fee")))
    }

    @Test func `a model without a price is named`() async throws {
        try await Project.withFolder { folder in
            let config = folder.appending(path: "bellhop.yaml")
            let text = """
                providers: { local: { url: "http://127.0.0.1:11434/v1" } }
                models:
                  big: { provider: local, price: { prompt: 3, completion: 15 } }
                  small: { provider: local }
                routing: { default: small }
                premium_model: big
                """
            try Data(text.utf8).write(to: config)
            let outcome = try await estimate(Self.day, "--config", config.path)
            #expect(outcome.status == .exited(1))
            #expect(outcome.errors.contains("model \"small\" has no price"))
        }
    }

    @Test func `a mistake in the workload is named by file and line`() async throws {
        try await Project.withFolder { folder in
            let file = folder.appending(path: "mine.yaml")
            try Data("name: x\nwork:\n  - { task: a, class: creative, calls_per_day: 1, token: 5 }\n".utf8).write(
                to: file)
            let outcome = try await estimate(file.path)
            #expect(outcome.status == .exited(1))
            #expect(outcome.errors.contains("mine.yaml:3: unknown key token in work[0]; did you mean tokens?"))
        }
    }

    @Test func `a workload without a source is estimated without claims`() async throws {
        try await Project.withFolder { folder in
            let file = folder.appending(path: "mine.yaml")
            let work =
                "  - { name: \"\\e[2Jgone\", task: a, class: high_volume, calls_per_day: 10, prompt: 30, completion: 10 }"
            try Data("name: mine\nwork:\n\(work)\n".utf8).write(to: file)
            let output = try await estimate(file.path).output
            #expect(!output.contains("claim"))
            #expect(!output.contains("half"))
            #expect(!output.contains("\u{1B}"))
            // 300 × 3 + 100 × 15 and 300 × 0.10 + 100 × 0.40 dollars a million: 0.0024 and 0.00007 a day.
            #expect(output.contains("<0.01   <0.01  <0.01     97.1"), "\(output)")
            #expect(output.contains("year        0.88    0.03   0.85     97.1"), "\(output)")
        }
    }

    @Test(arguments: [["--month-days", "0"], ["--month-days", "32"], ["--fee", "5,5"], ["--fee", "101"]])
    func `an option that makes no sense is refused`(option: [String]) async throws {
        let outcome = try await Program.run(["costs", "estimate", Self.day] + option)
        #expect(outcome.status == .exited(64))
        #expect(outcome.errors.contains(option[0]))
    }
}
