import ArgumentParser
import Foundation
import Replay
import TortureJudge

/// Kills a server under load, again and again, and judges what it left behind.
///
/// Everything is on 127.0.0.1: the server with crash points, `bellhop replay` as the shops, `bellhop stand-in` with
/// faults as the models, and a receiver of effects in this process.
@main
struct Torture: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Kill a server under load, again and again, and judge what it left behind.")

    @Option(help: "A bellhop that was built with the trait CrashPoints.")
    var bellhop: String

    @Option(help: "For how long the server is killed.")
    var seconds = 120.0

    @Option(help: "Deliveries a second, from all shops together.")
    var rate = 60.0

    @Option(help: "Chooses ids, forgeries, points and moments; the run itself is never twice the same.")
    var seed: UInt64?

    @Option(help: "How long work may take to come to rest at the end, in seconds.")
    var rest = 120.0

    @Option(help: "Where the report goes; without it the report is only printed.")
    var output: String?

    @Flag(help: "Leave database, logs and records where they are.")
    var keep = false

    func validate() throws {
        guard (1...86_400).contains(seconds), (1...10_000).contains(rate), (1...86_400).contains(rest) else {
            throw ValidationError("--seconds and --rest go from 1 to 86400, --rate from 1 to 10000.")
        }
    }

    func run() async throws {
        let seed = seed ?? .random(in: 1...999_999)
        say("seed \(seed), \(Int(seconds)) s")
        let stage = try Stage(bellhop: bellhop, rate: rate, seconds: seconds, seed: seed)
        defer { if !keep { stage.remove() } }
        if keep { say("everything is kept in \(stage.folder.path)") }
        let facts = try await TortureRun(stage: stage, seconds: seconds, rest: rest).run()
        let report = TortureReport(heading: heading(seed), verdict: Judge(facts).verdict())
        print(report.markdown)
        if let output { try Data(report.markdown.utf8).write(to: URL(fileURLWithPath: output)) }
        if report.verdict.isGuilty { throw ExitCode.failure }
    }

    private func heading(_ seed: UInt64) -> String {
        """
        Written by `make torture`: a server under load is killed with SIGKILL at random moments and at named points, \
        and asked to stop at others, for \(Int(seconds)) s, started again each time, and judged by what it left behind. Seed \(seed), \(Int(rate)) \
        deliveries a second, of which 20 in 100 are sent twice and 10 in 100 are forged; the models of the stand-in fail \
        in about one request of five; a debug build.
        """
    }
}

/// Progress, on standard error.
func say(_ words: String) {
    FileHandle.standardError.write(Data("torture: \(words)\n".utf8))
}
