public import Foundation
public import Vocabulary

/// Where spending is recorded: each request is reserved with its worst case before it is sent and settled after it.
///
/// **For implementers.** What was reserved and not settled counts with its worst case; after a crash it is an unknown
/// cost. So the ledger may say too much for a while, but never too little.
public protocol Ledger: Sendable {
    /// Records a reservation. When it returns, it survives a crash of the process.
    ///
    /// - Throws: when it cannot be recorded; the request is not sent then.
    func reserve(_ reservation: Reservation) async throws

    /// Records what came of a request. It returns at once; settlements are recorded in the order in which they come,
    /// and one that is lost in a crash leaves the reservation charged. A cost that is not known takes a later
    /// settlement, which keeps what it leaves out; a known cost stays as it is.
    func settle(_ settlement: Settlement)

    /// What was charged on a day, added up by model, task and labels: what a client must know after a restart.
    func charges(on day: BudgetDay) async throws -> [Charge]

    /// Requests whose cost is not known and that have a generation id to ask the provider about, oldest first.
    func unknownCosts(limit: Int) async throws -> [UnknownCost]

    /// Costs added up, in the order of their keys; what lacks a label comes last.
    func report(_ query: CostQuery) async throws -> [CostRow]
}

/// A request about to be sent.
public struct Reservation: Sendable, Hashable {
    public var id: UUID
    public var day: BudgetDay
    public var at: Date
    public var provider: String
    public var model: String
    public var task: TaskType
    /// As in ``ModelCall/labels``.
    public var labels: [String: String]
    /// As in ``ModelCall/reference``.
    public var reference: String?
    /// The most that the request can cost; `nil` when a price is not known.
    public var worstCase: USD?

    public init(
        id: UUID, day: BudgetDay, at: Date, provider: String, model: String, task: TaskType,
        labels: [String: String] = [:], reference: String? = nil, worstCase: USD?
    ) {
        self.id = id
        self.day = day
        self.at = at
        self.provider = provider
        self.model = model
        self.task = task
        self.labels = labels
        self.reference = reference
        self.worstCase = worstCase
    }
}

/// What came of a request.
public struct Settlement: Sendable, Hashable {
    /// The reservation's.
    public var id: UUID
    public var cost: Cost
    public var usage: Usage?
    /// The provider's id of the answer, by which it tells the cost later.
    public var generationID: String?
    /// Whether the answer was accepted.
    public var isAccepted: Bool
    /// What ``ModelCall/note`` made of the accepted answer. A ledger that can keeps it in the same commit as the cost.
    public var note: Data?

    public init(
        id: UUID, cost: Cost, usage: Usage? = nil, generationID: String? = nil, isAccepted: Bool = false,
        note: Data? = nil
    ) {
        self.id = id
        self.cost = cost
        self.usage = usage
        self.generationID = generationID
        self.isAccepted = isAccepted
        self.note = note
    }
}

/// A sum of what was charged, unknown costs with their worst case.
public struct Charge: Sendable, Hashable {
    public var model: String
    public var task: TaskType
    public var labels: [String: String]
    public var amount: USD
    /// Whether one of the requests cost more than was reserved for it, so that no ceiling could be kept any more.
    public var exceedsReservation: Bool

    public init(
        model: String, task: TaskType, labels: [String: String], amount: USD, exceedsReservation: Bool = false
    ) {
        self.model = model
        self.task = task
        self.labels = labels
        self.amount = amount
        self.exceedsReservation = exceedsReservation
    }
}

/// A request that was or may have been paid for, at a cost that is not known.
public struct UnknownCost: Sendable, Hashable {
    public var reservation: Reservation
    public var generationID: String

    public init(reservation: Reservation, generationID: String) {
        self.reservation = reservation
        self.generationID = generationID
    }
}
