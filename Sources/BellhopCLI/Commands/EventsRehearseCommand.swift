import ArgumentParser
import Console
import Terminal

extension EventsCommand {
    struct Rehearse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rehearse",
            abstract: "Run an event's handlers without changing anything, and show what would come of it.",
            discussion: """
                The server runs the handlers as they are now on the stored payload, whatever became of the event. Nothing \
                is recorded of it and no effect is caused.

                By default every question is asked and paid for; the costs are in the ledger under the label rehearsal \
                (`bellhop costs report --by label:rehearsal`). With --recorded nobody is asked: new code meets the answers \
                of earlier runs, and a question that was not answered then, or is put in another way now, is named.

                Exits with 1 when a handler would not finish.
                """)

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "The event's id, as `bellhop events list` shows it.")
        var id: RecordID

        @Flag(help: "Take every answer from the event's journal; no model is asked.")
        var recorded = false

        @Option(help: "Run this handler of the event alone.")
        var handler: RecordID?

        func run() async throws {
            let runs = try await admin.withClient {
                try await $0.rehearse(id.text, from: recorded ? .recorded : .models, handlerID: handler?.text)
            }
            if output.json {
                try output.print(json: runs)
            } else {
                print(RehearsedEventTables.text(runs, style: OutputOptions.style), terminator: "")
            }
            guard runs.allSatisfy(\.finishes) else { throw ExitCode.failure }
        }
    }
}
