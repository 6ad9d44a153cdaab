import Bellhop
import Foundation
import GRDB
import InboxCore
import Testing

@testable import InboxSQLite

/// What is asked all the time must cost the same whatever the history: it may search, but neither scan nor sort.
@Suite(.timeLimit(.minutes(5)))
struct QueryPlanTests {
    private func plan(_ sql: String) async throws -> [String] {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let plan = try await inbox.readers.read { db in
                try Row.fetchAll(db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)).map { $0["detail"] as String }
            }
            await inbox.close()
            return plan
        }
    }

    @Test(arguments: [
        (Jobs.due, "jobs_by_due"), (Jobs.overdueHeads, "jobs_blocking"), (Jobs.running, "jobs_by_state"),
        (Jobs.readyHandler, "jobs_ready"), (Jobs.readyShopFrom, "jobs_ready"), (Jobs.readyShopAfter, "jobs_ready"),
        (Jobs.bestReady, "jobs_ready"), (Jobs.suspectHandler, "jobs_suspect"), (Jobs.oldestSuspect, "jobs_suspect"),
        (Jobs.head, "jobs_head"), (Jobs.oldestBehind, "jobs_behind"), (Jobs.replaceable, "jobs_coalescing"),
        (Jobs.heldOfGroup, "jobs_failed"), (SQLiteInbox.selectNextDue, "jobs_by_due"),
        (SQLiteInbox.selectNextPassing, "jobs_blocking"), (NewestVersions.select, "newest_versions"),
        (SeenIDs.expire, "INTEGER PRIMARY KEY"),
        ("\(Outcomes.asJobs) \(Outcomes.ofGroup)", "outcomes_failed"),
    ])
    func queueingFollowsAnIndex(sql: String, index: String) async throws {
        let plan = try await plan(sql.replacing("?", with: "1"))
        #expect(plan[0].contains("SEARCH") && plan[0].contains(index), "\(plan)")
        #expect(!plan.contains { $0.contains("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
    }

    /// Its index holds the running suspects alone, of which there is one at most.
    @Test func theRunningSuspectIsFoundAmongSuspectsOnly() async throws {
        let plan = try await plan(Jobs.runningSuspect)
        #expect(plan.count == 1 && plan[0].contains("jobs_suspect_running"), "\(plan)")
    }

    @Test(arguments: JobState.Name.allCases)
    func aListStartsAtTheNewestAndSortsNothing(state: JobState.Name) async throws {
        let plan = try await plan(EventList.sql(for: state, EventFilter()).replacing("?", with: "1"))
        #expect(!plan.contains { $0.contains("TEMP B-TREE") || $0.contains("SCAN deliveries") }, "\(plan)")
        switch state {
        case .ready, .running, .waiting, .held: #expect(plan[0].contains("jobs_by_state"), "\(plan)")
        case .dead: #expect(plan[0].contains("outcomes_dead"), "\(plan)")
        case .skipped: #expect(plan[0].contains("outcomes_skipped"), "\(plan)")
        case .done: #expect(plan[0] == "SCAN outcomes", "\(plan)")
        }
    }

    @Test(arguments: [
        (ClaimEffectsCommand.makeDueReady, "effects_by_due"), (ClaimEffectsCommand.selectLanes, "effects_ready"),
        (ClaimEffectsCommand.selectReady, "effects_ready"),
        (ClaimEffectsCommand.selectEarlier(kinds: [.post, .tag]), "sqlite_autoindex_effects_2"),
        (SQLiteInbox.selectNextEffectDue, "effects_by_due"), (Effects.reclaim, "effects_by_state"),
        (Effects.resetTurns, "effects_waiting"), (Effects.letNextIn, "sqlite_autoindex_effects_2"),
        (Effects.letShopIn, "effects_waiting"), (FieldWrites.expire, "writes_by_time"),
        (FieldWrites.select, "PRIMARY KEY"),
    ])
    func effectsAreFoundAlongAnIndex(sql: String, index: String) async throws {
        let plan = try await plan(sql.replacing("?", with: "1"))
        #expect(plan.contains { $0.contains("SEARCH") && $0.contains(index) }, "\(plan)")
        #expect(!plan.contains { $0.contains("SCAN effects") || $0.contains("SCAN writes") }, "\(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }

    @Test(arguments: EffectState.Name.allCases)
    func aListOfEffectsStartsAtTheNewestAndSortsNothing(state: EffectState.Name) async throws {
        let plan = try await plan(EffectList.sql(for: state, EffectFilter()).replacing("?", with: "1"))
        #expect(plan[0].contains("SEARCH effects USING INDEX effects_by_state"), "\(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") || $0.contains("SCAN") }, "\(plan)")
    }

    @Test(arguments: [
        (LedgerEntries.makeUnknown, "ledger_reserved"), (LedgerEntries.selectUnknown, "ledger_unknown"),
        (LedgerEntries.settle, "sqlite_autoindex_ledger_1"),
        (LedgerSums.sql(grouping: []), "ledger_by_day"),
        (LedgerSums.sql(grouping: ["model", "task", "labels"]), "ledger_by_day"),
    ])
    func theLedgerFollowsAnIndex(sql: String, index: String) async throws {
        let plan = try await plan(sql.replacing("?", with: "1"))
        #expect(plan[0].contains("SEARCH ledger USING"), "\(plan)")
        #expect(plan[0].contains(index), "\(plan)")
        // What one day or report comes to may be sorted for grouping; the order of the unknown ones is the index's.
        #expect(!plan.contains { $0.contains("SCAN") || $0.contains("FOR ORDER BY") }, "\(plan)")
    }
}
