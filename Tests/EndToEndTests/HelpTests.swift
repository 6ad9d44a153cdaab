import Foundation
import Subprocess
import Testing

/// The help of every command there is, found by following each one's list of subcommands.
@Suite(.timeLimit(.minutes(5))) struct HelpTests {
    @Test func `every command explains itself, without the marks of the source`() async throws {
        var commands: [[String]] = [[]]
        var explained: Set<String> = []
        while let command = commands.popLast() {
            let help = try await Program.run(command + ["--help"]).output
            let name = command.joined(separator: " ")
            #expect(help.contains("OVERVIEW: "), "\(name)")
            #expect(!help.contains("\\"), "\(name): \(help)")
            commands += subcommands(in: help).map { command + [$0] }
            explained.insert(name)
        }
        let all = [
            "demo", "serve", "replay", "stand-in", "events", "events list", "events show", "events dead",
            "events retry",
            "events rehearse", "effects", "effects list", "effects show", "effects retry", "effects done",
            "effects drop", "routes", "refusals", "doctor", "reload", "handlers", "handlers list", "handlers resume",
            "costs", "costs report", "costs estimate", "privacy", "privacy list", "privacy show", "privacy export",
            "webhooks", "webhooks toml",
        ]
        #expect(explained.isSuperset(of: all), "\(Set(all).subtracting(explained))")
    }

    /// The names at the beginning of the lines after "SUBCOMMANDS:".
    private func subcommands(in help: String) -> [String] {
        guard let list = help.range(of: "SUBCOMMANDS:\n") else { return [] }
        return help[list.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
            .prefix { !$0.isEmpty }
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
    }
}
