import Testing
import TortureJudge

/// The judge finds each kind of broken promise about effects, about how the server ended, and about its database.
struct JudgeOfEffectsTests {
    private func broken(_ spoil: (inout Facts, inout Facts.Effects) -> Void) -> Set<Verdict.Promise> {
        var facts = Facts.honest
        var effects = facts.effects ?? .init(planned: [], receipts: [])
        spoil(&facts, &effects)
        facts.effects = effects
        return Set(Judge(facts).verdict().violations.map(\.promise))
    }

    @Test func `the same key with different content`() {
        #expect(broken { $1.receipts[1].digest = "y" } == [.effectsOnce])
    }

    @Test func `an effect that was applied twice`() {
        #expect(broken { $1.receipts[1].isApplied = true } == [.effectsOnce])
    }

    @Test func `a repeated effect where a repetition does harm`() {
        #expect(
            broken { $1.receipts.append(.init(key: "a/h/2", digest: "z", repetition: .neither, isApplied: false)) }
                == [.effectsOnce])
    }

    @Test func `an effect that is done and never came`() {
        #expect(broken { $1.receipts.removeAll { $0.key == "a/h/1" } } == [.effectsTrue])
    }

    @Test func `an effect that nobody planned`() {
        #expect(broken { $1.receipts.append(.init(key: "x/h/0", digest: "x")) } == [.effectsOurs])
    }

    @Test func `an effect that is not signed`() {
        #expect(broken { $1.receipts[0].isSigned = false } == [.effectsOurs])
    }

    @Test func `an effect that is planned twice`() {
        #expect(broken { $1.planned.append(.init(key: "a/h/0", state: "done")) } == [.exactlyOnce])
    }

    @Test(arguments: ["planned", "sending"]) func `an effect that was left behind`(state: String) {
        #expect(broken { $1.planned[0].state = state } == [.everythingEnds])
        #expect(
            broken {
                $1.planned[0].state = state
                $1.planned[0].reason = "the destination asked to wait"
            } == [])
    }

    @Test(arguments: [
        Facts.ServerRun(fate: .anyMoment, ending: .signaled(4)), .init(fate: .anyMoment, ending: .exited(1)),
        .init(fate: .anyMoment, ending: .crashPoint), .init(fate: .whileStarting, ending: .exited(70)),
        .init(fate: .point("accept_after_commit"), ending: .signaled(11)), .init(fate: .stopped, ending: .exited(1)),
        .init(fate: .stopped, ending: .killed),
    ])
    func `a server that ended by itself`(run: Facts.ServerRun) {
        #expect(broken { facts, _ in facts.runs.append(run) } == [.noCrashOfItsOwn])
    }

    @Test func `a stop that leaves something under way`() {
        #expect(
            broken { facts, _ in facts.runs.append(.init(fate: .stopped, ending: .exited(0), leftInHand: 1)) }
                == [.stopsCleanly])
    }

    @Test func `a point that was never come to`() {
        #expect(
            broken { facts, _ in facts.runs.append(.init(fate: .point("model_answered"), ending: .killed)) }
                == [.pointsReached])
    }

    @Test func `a damaged database`() {
        #expect(broken { facts, _ in facts.damages = ["row 3 missing from index"] } == [.storageWhole])
    }

    @Test func `the report names what is broken, with an example`() {
        var facts = Facts.honest
        facts.damages = ["row 3 missing from index"]
        let report = TortureReport(heading: "Seed 1.", verdict: Judge(facts).verdict()).markdown
        #expect(report.contains("| the database is whole | 1 times |"))
        #expect(report.contains("| zero forged accepted | no |"))
        #expect(report.contains("- the database is whole: row 3 missing from index"))
        #expect(!TortureReport(heading: "Seed 1.", verdict: Judge(.honest).verdict()).markdown.contains("## Broken"))
    }
}
