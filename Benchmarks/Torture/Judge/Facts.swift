/// Everything that a run left behind, gathered from the other sides: what the senders were answered, what the database
/// holds, what the models billed, what the receiver of effects saw, and how each process ended.
package struct Facts: Sendable {
    /// What the senders were answered while the server was being killed.
    package var sent: [Answer] = []
    /// What the database held after the last kill, before anything was sent again: a loss must not be mended by that.
    package var foundAfterKills: Set<String> = []
    /// The same deliveries once more, with nothing in the way.
    package var sentAgain: [Answer] = []
    /// What the database holds at the end.
    package var deliveries: [Stored] = []
    package var jobs: [Job] = []
    package var bill: [Billed] = []
    package var ledger: [LedgerRow] = []
    /// Whether answers of models are journaled, so that none is asked for twice.
    package var hasJournal = false
    /// `nil` for a server that delivers no effects.
    package var effects: Effects?
    package var runs: [ServerRun] = []
    /// What SQLite finds wrong with the database.
    package var damages: [String] = []
    /// Jobs under way at once.
    package var slots = 0

    package init() {}

    /// How the server answered a delivery.
    package struct Answer: Sendable, Hashable {
        package var webhookID: String
        package var isForged: Bool
        /// `nil` when there was none.
        package var status: Int?
        /// Whether a 200 said that the delivery was known.
        package var isKnown: Bool

        package init(webhookID: String, isForged: Bool = false, status: Int?, isKnown: Bool = false) {
            self.webhookID = webhookID
            self.isForged = isForged
            self.status = status
            self.isKnown = isKnown
        }
    }

    /// A row of the inbox.
    package struct Stored: Sendable, Hashable {
        package var webhookID: String
        package var topic: String
        package var hasBody: Bool

        package init(webhookID: String, topic: String = "", hasBody: Bool = true) {
            self.webhookID = webhookID
            self.topic = topic
            self.hasBody = hasBody
        }
    }

    /// One handler's work on a delivery.
    package struct Job: Sendable, Hashable {
        package var webhookID: String
        package var handler: String
        package var state: String
        package var reason: String?

        package init(webhookID: String, handler: String, state: String, reason: String? = nil) {
            self.webhookID = webhookID
            self.handler = handler
            self.state = state
            self.reason = reason
        }
    }

    /// A request on the bill of the models. Costs are nano-dollars.
    package struct Billed: Sendable, Hashable {
        package var id: String
        package var model: String
        package var cost: Int64
        /// The text form of what went wrong on purpose, for example `slow:300`.
        package var fault: String?

        /// Whether the client cannot know what it was charged.
        package var hidesItsCost: Bool {
            guard let name = fault?.prefix(while: { $0 != ":" }) else { return false }
            return !Self.faultsOfKnownCost.contains(String(name))
        }

        /// Refusals before any work cost nothing, and answers that come late or are of no use tell what they cost.
        private static let faultsOfKnownCost: Set = ["overloaded", "rate_limited", "schema_breaking", "slow"]

        package init(id: String, model: String, cost: Int64, fault: String? = nil) {
            self.id = id
            self.model = model
            self.cost = cost
            self.fault = fault
        }
    }

    /// A request in the server's own books.
    package struct LedgerRow: Sendable, Hashable {
        /// The id on the bill, if it is known.
        package var generation: String?
        package var model: String
        package var state: String
        /// Nano-dollars; `nil` when it is not known.
        package var cost: Int64?
        /// The worst case, in nano-dollars.
        package var reserved: Int64
        package var isAccepted: Bool
        /// The question that was asked: of which event, by whom, and for what.
        package var question: String

        package init(
            generation: String?, model: String, state: String, cost: Int64?, reserved: Int64, isAccepted: Bool = false,
            question: String = ""
        ) {
            self.generation = generation
            self.model = model
            self.state = state
            self.cost = cost
            self.reserved = reserved
            self.isAccepted = isAccepted
            self.question = question
        }
    }
}
