public import Vocabulary

/// How one call goes about: which models in which order, and what counts where.
///
/// It is made from the configuration before the call begins. What wants to change it, for example to give a share of
/// the calls to another model, gets it first; see
/// ``FallbackClient/init(configuration:transport:ledger:logger:time:chance:planning:)``.
public struct CallPlan: Sendable {
    /// The models to ask, in order.
    public var targets: [CallTarget]
    /// The models to ask in their place while a budget that the call counts in is in emergency mode.
    public var emergencyTargets: [CallTarget]
    /// What may become of the data. All targets satisfy it already.
    public var policy: DataPolicy
    /// By which budgets and reports go.
    public var labels: [String: String]
    /// 0 to 9; when requests wait in line, the highest goes first.
    public var priority: Int
    /// Longest time for the whole call.
    public var deadline: Duration
    /// Most requests for the call.
    public var maxRequests: Int
    /// The most that the call may cost.
    public var spendLimit: USD?
}

/// A model and who serves it.
public struct CallTarget: Sendable {
    public var model: Model
    public var provider: Provider

    public init(model: Model, provider: Provider) {
        self.model = model
        self.provider = provider
    }

    /// Whether data under the policy may be sent there.
    ///
    /// OpenRouter chooses only endpoints that do not train or retain when told so; it is told with each request.
    func satisfies(_ policy: DataPolicy) -> Bool {
        var handling = model.dataHandling ?? provider.dataHandling
        if provider.dialect == .openRouter {
            handling.noTraining = true
            handling.zeroRetention = true
        }
        return handling.satisfies(policy)
    }
}
