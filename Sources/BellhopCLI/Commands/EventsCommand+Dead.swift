import ArgumentParser
import Console
import InboxCore
import Terminal

extension EventsCommand {
    struct Dead: ServerCommand {
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

        func ask(_ server: AdminClient) async throws -> DeadGroups {
            try await server.deadGroups(limit: most.limit)
        }

        func text(of dead: DeadGroups, style: Style) -> String {
            dead.groups.isEmpty ? "nothing has failed\n" : DeadTables.groups(dead.groups).rendered(style)
        }
    }
}
