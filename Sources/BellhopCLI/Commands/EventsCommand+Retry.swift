import ArgumentParser
import Console
import Foundation
import InboxCore
import Terminal

extension EventsCommand {
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry",
            abstract: "Run a held, waiting, dead or finished event again, or all that failed of the same.",
            discussion: """
                Only what failed is asked again: questions that were answered before get the recorded answer, at no cost, \
                as long as the handler still puts them in the same way. With --anew the recorded answers are forgotten, \
                and every question is asked and paid for again. Either way the attempts are counted from the start; what \
                was done, may have been done or is still planned is not caused twice, and what is not wanted any more is \
                dropped. To see first what would come of it, use `bellhop events rehearse`.

                With --fingerprint it shows first how many events there are, of which shops, and what they are expected to \
                cost, and asks.
                """)

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "The event's id, as `bellhop events list` shows it.")
        var id: RecordID?

        @Option(help: "Run all events of this group again, as `bellhop events dead` shows it.")
        var fingerprint: RecordID?

        @Flag(help: "Forget the recorded answers: every question is asked, and paid for, again.")
        var anew = false

        @Flag(help: "With --fingerprint: do not ask.")
        var yes = false

        func validate() throws {
            guard (id == nil) != (fingerprint == nil) else {
                throw ValidationError("Name one event by its id, or a group with --fingerprint.")
            }
            if anew, fingerprint != nil { throw ValidationError("--anew goes with one event.") }
        }

        func run() async throws {
            try await admin.withClient { client in
                if let id {
                    try tell(try await client.retry(id.text, anew: anew))
                } else if let fingerprint {
                    try await retry(group: fingerprint.text, client)
                }
            }
        }

        private func retry(group fingerprint: String, _ client: AdminClient) async throws {
            let dead = try await client.deadGroups(limit: 1000)
            guard let group = dead.groups.first(where: { $0.fingerprint == fingerprint }) else {
                throw CommandError("nothing failed under this fingerprint; `bellhop events dead` lists those there are")
            }
            if !output.json { print(DeadTables.plan(for: group, style: OutputOptions.style)) }
            try confirm(group)
            try tell(try await readyAll(of: group, failedBy: dead.asOf, client))
        }

        /// - Throws: ``CommandError`` unless the person agrees.
        private func confirm(_ group: DeadGroup) throws {
            guard !yes else { return }
            guard isatty(STDIN_FILENO) == 1, !output.json else {
                throw CommandError("nobody can be asked here; add --yes to run \(group.count.grouped) events again")
            }
            print("Run \(group.count == 1 ? "it" : "them") again? [y/N] ", terminator: "")
            fflush(nil)
            guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
                throw CommandError("nothing was run again")
            }
        }

        /// In small batches, so that the inbox takes deliveries in between.
        private func readyAll(of group: DeadGroup, failedBy latest: Date, _ client: AdminClient) async throws -> Int {
            let meter = Progress.meter("events")
            defer { meter.finish() }
            var done = 0
            while done < group.count {
                meter.update(done: done, total: group.count)
                let batch = try await client.retry(group: group.fingerprint, failedBy: latest)
                guard batch > 0 else { break }
                done += batch
            }
            meter.update(done: done, total: max(done, group.count))
            return done
        }

        private func tell(_ jobs: Int) throws {
            if output.json { return try output.print(json: ["ready": jobs]) }
            print("\(jobs.grouped) \(jobs == 1 ? "job is" : "jobs are") ready to run")
        }
    }
}
