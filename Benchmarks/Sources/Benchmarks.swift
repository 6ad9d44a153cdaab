import ArgumentParser
import BenchmarkReport
import Foundation

/// Measures Bellhop against what it is built on, as ratios within one run, and writes what was seen.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure, and write Benchmarks/RESULTS.md.", subcommands: [Measure.self, BareServer.self],
        defaultSubcommand: Measure.self)
}

struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "measure", abstract: "Measure everything.")

    @Option(help: "The release binary.")
    var bellhop: String

    @Option(help: "How often each pair is measured; the median is reported.")
    var rounds = 3

    @Option(help: "Seconds of each measurement.")
    var seconds = 5.0

    @Option(help: "Finished events in the inbox for the start-up measurement.")
    var backlog = 100_000

    @Option(help: "Finished events in the inbox whose claims are measured.")
    var finished = 1_000_000

    @Option(help: "Ready events in the inbox of the server whose memory is measured.")
    var ready = 200_000

    @Option(help: "Where the report goes.")
    var output = "Benchmarks/RESULTS.md"

    @Option(help: "Measure this part alone, and print it without writing the report; may be given several times.")
    var only: [Part] = []

    enum Part: String, CaseIterable, ExpressibleByArgument {
        case acknowledging, rate, slow, asking, starting, history
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bellhop-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let bench = Bench(bellhop: bellhop, folder: folder, rounds: max(1, rounds), seconds: seconds)

        var report = Report()
        for part in Part.allCases where only.isEmpty || only.contains(part) {
            switch part {
            case .acknowledging: report.add(try await bench.acknowledging())
            case .rate: report.add(try await bench.acknowledgingAtARate())
            case .slow: report.add(try await bench.slow())
            case .asking: report.add(try await bench.asking())
            case .starting: report.add(try await bench.starting(backlog: backlog))
            case .history: report.add(try await bench.history(finished: finished, ready: ready))
            }
        }
        if only.isEmpty { try Data(report.text.utf8).write(to: URL(fileURLWithPath: output)) }
        print(report.text)
    }
}
