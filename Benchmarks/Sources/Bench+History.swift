import BenchmarkReport
import Foundation
import InboxCore
import InboxSQLite
import Logging
import Synchronization

extension Bench {
    /// What a long history and a long backlog cost: claims, start-up, memory.
    func history(finished: Int, ready: Int) async throws -> Report.Section {
        let (short, long) = (try subfolder("short"), try subfolder("long"))
        progress("filling an inbox with \(finished) finished events", 1)
        try await InboxFiller(folder: short).fill(finished: 1000)
        try await InboxFiller(folder: long).fill(finished: finished)

        var section = Report.Section(
            "History and backlog",
            "The same inbox with \(finished) finished events and with 1,000, claims in turn on both and medians over "
                + "\(Self.claims) claims of each, the commit included; a server with a backlog of \(ready) events that are ready, "
                + "whose handler asks the stand-in. Times are medians of \(rounds) rounds, memory is VmRSS.",
            columns: ["what", "measured", "aim"])
        for limit in [1, 16] {
            progress("claiming \(limit)", 1)
            let times = try await claimTimes(short, long, limit: limit)
            section.add(
                "a claim of \(limit), with 1,000 and with \(finished) finished, µs",
                "\(fixed(times.short.median, 0)), \(fixed(times.long.median, 0))", "")
            let ratio = times.long.median / times.short.median
            section.add("ratio", fixed(ratio, 2), Aim.atMost(1.2).verdict(on: ratio))
        }
        var first: [Double] = []
        for round in 1...rounds {
            progress("starting on \(finished) finished events", round)
            first.append(try await firstAcknowledgement(data: long))
        }
        section.add(
            "from starting the process to the first acknowledgement, \(finished) finished, ms", fixed(first.median, 0),
            Aim.under(500).verdict(on: first.median))
        try await addBacklog(to: &section, events: ready)
        return section
    }

    private static let claims = 3000

    private struct ClaimTimes {
        /// In microseconds.
        var short: [Double] = []
        var long: [Double] = []
    }

    /// Claims on two inboxes in turn, so that whatever else the machine does meets both.
    private func claimTimes(_ short: URL, _ long: URL, limit: Int) async throws -> ClaimTimes {
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        var times = ClaimTimes()
        let inboxes = [
            try await SQLiteInbox.open(folder: short, logger: logger),
            try await SQLiteInbox.open(folder: long, logger: logger),
        ]
        for (inbox, folder) in zip(inboxes, [short, long]) {
            try await InboxFiller(folder: folder).accept(Self.claims * limit, into: inbox)
        }
        for index in 0..<Self.claims {
            // Each goes first half of the time.
            for which in index % 2 == 0 ? [0, 1] : [1, 0] {
                let time = try await claim(limit, from: inboxes[which])
                if which == 0 { times.short.append(time) } else { times.long.append(time) }
            }
        }
        for inbox in inboxes { await inbox.close() }
        return times
    }

    /// Claims, and finishes what was claimed outside of the time taken.
    private func claim(_ limit: Int, from inbox: SQLiteInbox) async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        let claims = try await inbox.claim(limit: limit, now: Date(), leaseFor: .seconds(600))
        let elapsed = (clock.now - start) / .microseconds(1)
        guard claims.count == limit else { throw MeasurementFailed(what: "\(claims.count) of \(limit) jobs claimed") }
        await withDiscardingTaskGroup { group in
            for claim in claims {
                group.addTask {
                    let result = JobResult(
                        outcome: .done(effects: []), calls: [], startedAt: Date(), finishedAt: Date())
                    _ = try? await inbox.finish(claim, with: result)
                }
            }
        }
        return elapsed
    }
}
