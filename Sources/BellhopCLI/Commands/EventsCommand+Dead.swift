import ArgumentParser
import Console
import InboxCore
import Terminal

extension EventsCommand {
    struct Dead: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "dead",
            abstract: "List what failed, by what it failed of.",
            discussion: """
                Counts events whose attempts are used up, and those that are held because of a failure. \
                `bellhop events retry --fingerprint` runs a group again.
                """)

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        @OptionGroup var most: LimitOption

        func run() async throws {
            let dead = try await admin.withClient { try await $0.deadGroups(limit: most.limit) }
            if output.json { return try output.print(json: dead.groups) }
            guard !dead.groups.isEmpty else { return print("nothing has failed") }
            print(DeadTables.groups(dead.groups).rendered(OutputOptions.style))
        }
    }
}
