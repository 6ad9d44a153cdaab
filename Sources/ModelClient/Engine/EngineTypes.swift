import Foundation
import Vocabulary

extension Engine {
    /// What the engine is told.
    enum Input {
        case offered(CallID, Offer)
        /// A request has ended.
        case concluded(CallID, Conclusion)
        /// The caller does not want the answer any more. A request under way is concluded before.
        case cancelled(CallID)
        /// Time has passed.
        case ticked
        /// Other rules, with what the ledger knew of a day shortly before. What it knows by then comes as `recovered`.
        case adopted(Rules, known: [Charge] = [], on: BudgetDay? = nil)
        /// What the ledger knows of a day.
        case recovered([Charge], BudgetDay)
        /// A cost became known after its request had been settled as unknown.
        case corrected(Reservation, Cost)
    }

    /// What the engine wants done.
    enum Action {
        /// Send a request for this call and conclude it.
        case ask(CallID, Turn)
        /// The call is over.
        case finish(CallID, Finish)
        case alert(Alert)
        /// A provider has nobody who serves a model at the price that we know.
        case refreshPrices(provider: String)
    }

    /// A call as far as the engine needs to know it.
    struct Offer {
        var hops: [Hop]
        /// Those to ask in emergency mode; empty when no model is one for it.
        var emergencyHops: [Hop] = []
        var task: TaskType
        var labels: [String: String]
        /// 0 to 9.
        var priority: Int
        /// From now.
        var deadline: Duration
        var maxRequests: Int
        var spendLimit: USD?

        /// A model that may be asked.
        struct Hop {
            /// The owner's number for it.
            var target: Int
            var model: String
            var provider: String
            /// The most that one request can cost; `nil` when the price is not known.
            var worstCase: USD?
            /// Prompt and completion tokens that one request will probably take.
            var tokens: Int
            /// Longest time for one request.
            var timeout: Duration
        }
    }

    /// A request to be sent.
    struct Turn {
        /// The owner's number for the model.
        var target: Int
        var occasion: Attempt.Occasion
        var timeout: Duration
        /// The day that the cost belongs to.
        var day: BudgetDay
        /// What was put aside for it.
        var worstCase: USD?
        /// Models passed over so far.
        var skipped: [Skip]
    }

    /// What came of a request.
    struct Conclusion {
        /// `nil` for an accepted answer.
        var failure: FailureSignal?
        var cost: Cost
        /// Prompt and completion tokens used, when known.
        var tokens: Int?
        /// What the tokens cost at list price, to compare with the bill.
        var estimate: USD?
        /// The request was given up before anything was known.
        var isAbandoned = false
        /// Nothing was sent because the reservation could not be recorded.
        var isUnrecorded = false
    }

    struct Finish {
        var ending: Ending
        var skipped: [Skip]

        enum Ending {
            case gaveUp(CallProgress.Ending)
            case unrecorded
            case cancelled
        }
    }

    /// What the engine goes by.
    struct Rules {
        var concurrency: Int
        var retries: RetryRules
        var retryBudget: RetryBudgetRules
        var breaker: BreakerRules
        var quality: QualityRules
        var budgets: BudgetRules
        /// By model and by provider.
        var modelLimits: [String: RateLimits]
        var providerLimits: [String: RateLimits]

        init(_ configuration: ModelClientConfiguration) {
            concurrency = configuration.limits.concurrency
            retries = configuration.retries
            retryBudget = configuration.retryBudget
            breaker = configuration.breaker
            quality = configuration.quality
            budgets = configuration.budgets
            modelLimits = Dictionary(
                configuration.models.filter { $0.rateLimits != .none }.map { ($0.name, $0.rateLimits) },
                uniquingKeysWith: { first, _ in first })
            providerLimits = Dictionary(
                configuration.providers.filter { $0.rateLimits != .none }.map { ($0.name, $0.rateLimits) },
                uniquingKeysWith: { first, _ in first })
        }
    }
}
