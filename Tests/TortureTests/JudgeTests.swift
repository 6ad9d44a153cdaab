import Testing
import TortureJudge

/// The judge finds each kind of broken promise, and nothing where none is broken.
struct JudgeTests {
    private func broken(_ spoil: (inout Facts) -> Void) -> Set<Verdict.Promise> {
        var facts = Facts.honest
        spoil(&facts)
        return Set(Judge(facts).verdict().violations.map(\.promise))
    }

    @Test func `an honest run is not guilty`() {
        let verdict = Judge(.honest).verdict()
        #expect(verdict.violations == [])
        #expect(!verdict.isGuilty)
    }

    // MARK: Deliveries

    @Test func `an acknowledged delivery that is not there`() {
        #expect(
            broken {
                $0.deliveries.removeAll { $0.webhookID == "a" }
                $0.jobs.removeAll { $0.webhookID == "a" }
            } == [.acknowledgedIsFound])
    }

    @Test func `an acknowledged delivery that was lost and came back when it was sent again`() {
        #expect(broken { $0.foundAfterKills.remove("a") } == [.acknowledgedIsFound])
    }

    @Test func `an acknowledged delivery that was new when it came again`() {
        #expect(broken { $0.sentAgain[0].isKnown = false } == [.acknowledgedIsFound])
    }

    @Test func `a delivery without its body`() {
        #expect(broken { $0.deliveries[2].hasBody = false } == [.acknowledgedIsFound])
    }

    @Test func `a delivery that is there twice`() {
        #expect(broken { $0.deliveries.append(.init(webhookID: "b")) } == [.exactlyOnce])
    }

    @Test func `a forged delivery that is answered 200`() {
        #expect(broken { $0.sent[4].status = 200 } == [.nobodyIn])
    }

    @Test func `a forged delivery that is stored in silence`() {
        #expect(
            broken {
                $0.deliveries.append(.init(webhookID: "f"))
                $0.jobs.append(.init(webhookID: "f", handler: "h", state: "done"))
            } == [.nobodyIn])
    }

    @Test func `a delivery that nobody sent`() {
        #expect(
            broken {
                $0.deliveries.append(.init(webhookID: "x"))
                $0.jobs.append(.init(webhookID: "x", handler: "h", state: "done"))
            } == [.nobodyIn])
    }

    // MARK: Jobs

    @Test func `an event without work`() {
        #expect(broken { $0.jobs.removeAll { $0.webhookID == "b" } } == [.nothingDropped])
    }

    @Test func `an event without the work of one of its handlers`() {
        #expect(
            broken {
                $0.deliveries[1].topic = $0.deliveries[0].topic
            } == [.nothingDropped])
    }

    @Test func `an acknowledged delivery whose bytes cannot be read`() {
        #expect(broken { $0.jobs[2].reason = "the stored delivery is damaged" } == [.acknowledgedIsFound])
    }

    @Test func `a handler with two jobs for one event`() {
        #expect(broken { $0.jobs.append(.init(webhookID: "a", handler: "h", state: "done")) } == [.exactlyOnce])
    }

    @Test(arguments: ["ready", "running"]) func `a job that was left behind`(state: String) {
        #expect(broken { $0.jobs[0].state = state } == [.everythingEnds])
    }

    @Test(arguments: ["waiting", "held", "dead", "skipped"]) func `a job that stopped without a reason`(state: String) {
        #expect(
            broken {
                $0.jobs[2].state = state
                $0.jobs[2].reason = ""
            } == [.everythingEnds])
    }

    // MARK: Money

    @Test func `a bill above the ledger`() {
        #expect(broken { $0.bill[1].cost = 100 } == [.booksHold])
    }

    @Test func `a billed request that no unknown cost covers`() {
        #expect(
            broken {
                $0.ledger[1].model = "dear"
                $0.ledger[1].reserved = 1000
            } == [.booksHold])
    }

    @Test func `a cost that is not what was billed`() {
        #expect(broken { $0.ledger[0].cost = 11 } == [.booksExact])
    }

    @Test func `a cost that was never billed`() {
        #expect(
            broken {
                $0.ledger.append(.init(generation: "g9", model: "cheap", state: "billed", cost: 5, reserved: 50))
            } == [.booksExact])
    }

    @Test func `a request that is counted twice`() {
        #expect(
            broken {
                var again = $0.ledger[0]
                again.question = "another"
                $0.ledger.append(again)
            } == [.booksExact])
    }

    @Test func `a reservation that nothing came of`() {
        #expect(broken { $0.ledger[1].state = "reserved" } == [.everythingEnds])
    }

    @Test func `more unknown costs than kills and faults explain`() {
        let lost = Facts.LedgerRow(generation: nil, model: "cheap", state: "unknown", cost: nil, reserved: 50)
        #expect(broken { $0.ledger += Array(repeating: lost, count: 5) } == [.unknownExplained])
        #expect(broken { $0.ledger += Array(repeating: lost, count: 4) } == [])
        #expect(
            broken {
                $0.ledger += Array(repeating: lost, count: 4)
                $0.bill = $0.bill.map {
                    .init(id: $0.id, model: $0.model, cost: $0.cost, fault: $0.fault.map { _ in "slow:300" })
                }
            } == [.unknownExplained])
    }

    @Test func `a recorded answer that was paid for again`() {
        let again = Facts.LedgerRow(
            generation: "g4", model: "cheap", state: "billed", cost: 10, reserved: 50, isAccepted: true,
            question: "a h task")
        #expect(
            broken {
                $0.ledger.append(again)
                $0.bill.append(.init(id: "g4", model: "cheap", cost: 10))
            } == [.paidOnce])
    }
}
