package import Bellhop
package import Foundation

/// One question to the models, answered or not, with the tries it took.
package struct CallRecord: Sendable, Hashable, Codable {
    /// The question's name within the handler.
    package var step: String
    package var routingClass: RoutingClass
    package var task: TaskType
    /// The model whose answer was accepted, be it in an earlier run; `nil` when none was.
    package var model: String?
    /// Whether the accepted model was not the first of its chain.
    package var isFallback: Bool
    package var attempts: [Attempt]
    package var startedAt: Date
    /// Wall time of the whole call, in milliseconds.
    package var milliseconds: Int
    /// Known costs added up.
    package var cost: USD
    /// Number of attempts whose cost could not be told.
    package var unknownCosts: Int
    /// What the same tokens would have cost on the premium model of the configuration; `nil` when unknown.
    package var premiumCost: USD?
    package var promptTokens: Int
    package var completionTokens: Int
    /// What the job's journal had for the question; `nil` when it was asked for the first time.
    package var journal: JournalUse?

    private enum CodingKeys: String, CodingKey {
        case step, routingClass, task, model, isFallback, attempts, startedAt, milliseconds, unknownCosts,
            promptTokens, completionTokens, journal
        case cost = "costNanos"
        case premiumCost = "premiumCostNanos"
    }

    /// How a question met the journal.
    package enum JournalUse: String, Sendable, Hashable, Codable {
        /// The recorded answer was given: nobody was asked and nothing paid.
        case recorded
        /// An answer is recorded under this name, but to another question.
        case changed
        /// The recorded answer no longer passes the schema or the handler's check.
        case outdated
        /// A rehearsal from the journal found nothing recorded.
        case missing
    }

    package struct Attempt: Sendable, Hashable, Codable {
        package var model: String
        package var status: Int?
        package var milliseconds: Int
        /// `nil` when unknown, which is not the same as zero.
        package var cost: USD?
        /// What the request counts against its event's spend limit: its worst case when the cost is unknown. `nil` in
        /// older records, and once the job was made ready again by hand.
        package var charged: USD?
        /// Why the call moved on from here; `nil` for the accepted answer.
        package var failure: String?
        /// Why the request was sent: `first`, `retry`, `fallback` or `correction`; `nil` in older records.
        package var occasion: String?
        /// Whether sending it again may pay twice: `not_sent`, `refused_unbilled`, `maybe_billed` or `billed`; `nil` in
        /// older records.
        package var replaySafety: String?

        private enum CodingKeys: String, CodingKey {
            case model, status, milliseconds, failure, occasion, replaySafety
            case cost = "costNanos"
            case charged = "chargedNanos"
        }

        package init(
            model: String, status: Int?, milliseconds: Int, cost: USD?, charged: USD? = nil, failure: String?,
            occasion: String? = nil,
            replaySafety: String? = nil
        ) {
            self.model = model
            self.status = status
            self.milliseconds = milliseconds
            self.cost = cost
            self.charged = charged
            self.failure = failure
            self.occasion = occasion
            self.replaySafety = replaySafety
        }
    }

    package init(
        step: String, routingClass: RoutingClass, task: TaskType, model: String?, isFallback: Bool,
        attempts: [Attempt], startedAt: Date, milliseconds: Int, cost: USD, unknownCosts: Int, premiumCost: USD?,
        promptTokens: Int, completionTokens: Int, journal: JournalUse? = nil
    ) {
        self.step = step
        self.routingClass = routingClass
        self.task = task
        self.model = model
        self.isFallback = isFallback
        self.attempts = attempts
        self.startedAt = startedAt
        self.milliseconds = milliseconds
        self.cost = cost
        self.unknownCosts = unknownCosts
        self.premiumCost = premiumCost
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.journal = journal
    }
}

extension CallRecord.Attempt {
    private enum EarlierKeys: CodingKey {
        case cost
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let earlier = try decoder.container(keyedBy: EarlierKeys.self)
        self.init(
            model: try container.decode(String.self, forKey: .model),
            status: try container.decodeIfPresent(Int.self, forKey: .status),
            milliseconds: try container.decode(Int.self, forKey: .milliseconds),
            // Records are stored in this form too; older ones have the cost without its unit.
            cost: try container.decodeIfPresent(USD.self, forKey: .cost)
                ?? earlier.decodeIfPresent(USD.self, forKey: .cost),
            charged: try container.decodeIfPresent(USD.self, forKey: .charged),
            failure: try container.decodeIfPresent(String.self, forKey: .failure),
            occasion: try container.decodeIfPresent(String.self, forKey: .occasion),
            replaySafety: try container.decodeIfPresent(String.self, forKey: .replaySafety))
    }
}

extension Sequence<CallRecord.Attempt> {
    /// What they count against their event's spend limit.
    package var charged: USD { compactMap(\.charged).total() }

    /// The same, counting nothing any more.
    package var withoutCharges: [CallRecord.Attempt] {
        map { attempt in
            var attempt = attempt
            attempt.charged = nil
            return attempt
        }
    }
}
