import TortureJudge

extension Facts {
    /// A small run in which every promise was kept, with something of everything in it: a crash between commit and
    /// acknowledgement, a repeated effect, a request whose answer was lost.
    static var honest: Facts {
        var facts = Facts()
        facts.slots = 1
        facts.hasJournal = true
        facts.sent = [
            Answer(webhookID: "a", status: 200), Answer(webhookID: "a", status: 200, isKnown: true),
            Answer(webhookID: "b", status: nil), Answer(webhookID: "c", status: 503),
            Answer(webhookID: "f", isForged: true, status: 401),
        ]
        facts.foundAfterKills = ["a", "b"]
        facts.sentAgain = [
            Answer(webhookID: "a", status: 200, isKnown: true), Answer(webhookID: "b", status: 200, isKnown: true),
            Answer(webhookID: "c", status: 200), Answer(webhookID: "f", isForged: true, status: 401),
        ]
        facts.deliveries = [
            Stored(webhookID: "a", topic: "of two handlers"), Stored(webhookID: "b", topic: "of one"),
            Stored(webhookID: "c", topic: "of one"),
        ]
        facts.jobs = [
            Job(webhookID: "a", handler: "h", state: "done"), Job(webhookID: "a", handler: "i", state: "done"),
            Job(webhookID: "b", handler: "h", state: "held", reason: "a person has to look"),
            Job(webhookID: "c", handler: "h", state: "waiting", reason: "the provider asked to wait"),
        ]
        facts.bill = [
            Billed(id: "g1", model: "cheap", cost: 10), Billed(id: "g2", model: "cheap", cost: 30),
            Billed(id: "g3", model: "cheap", cost: 0, fault: "server_error"),
        ]
        facts.ledger = [
            LedgerRow(
                generation: "g1", model: "cheap", state: "billed", cost: 10, reserved: 50, isAccepted: true,
                question: "a h task"),
            LedgerRow(generation: nil, model: "cheap", state: "unknown", cost: nil, reserved: 50, question: "b h task"),
            LedgerRow(generation: nil, model: "cheap", state: "none", cost: 0, reserved: 50, question: "c h task"),
        ]
        facts.effects = Effects(
            planned: [
                Planned(key: "a/h/0", state: "done"), Planned(key: "a/h/1", state: "done"),
                Planned(key: "a/h/2", state: "unknown", reason: "it may have been delivered"),
            ],
            receipts: [
                Receipt(key: "a/h/0", digest: "x"), Receipt(key: "a/h/0", digest: "x", isApplied: false),
                Receipt(key: "a/h/1", digest: "y"), Receipt(key: "a/h/2", digest: "z", repetition: .neither),
            ])
        facts.runs = [
            ServerRun(fate: .anyMoment, ending: .killed, peakKiB: 50_000),
            ServerRun(fate: .whileStarting, ending: .killed, wasReady: false),
            ServerRun(fate: .point("accept_after_commit"), ending: .crashPoint),
            ServerRun(fate: .point("accept_after_commit"), ending: .killed),
            ServerRun(fate: .stopped, ending: .exited(0)),
        ]
        return facts
    }
}
