/// Everything the client needs to know: who serves models, which models there are, and which work goes where.
public struct ModelClientConfiguration: Sendable {
    public var providers: [Provider]
    public var models: [Model]
    /// Other names for models, each pointing at the `name` of one of them.
    public var aliases: [String: String]
    public var routing: RoutingMatrix
    public var retries: RetryRules
    public var retryBudget: RetryBudgetRules
    public var limits: CallLimits
    public var breaker: BreakerRules
    public var quality: QualityRules
    public var latency: LatencyRules
    public var budgets: BudgetRules
    public var policies: PolicyRules
    /// The model that reports compare with: what would the same tokens have cost there?
    public var premiumModel: String?

    public init(
        providers: [Provider], models: [Model], aliases: [String: String] = [:], routing: RoutingMatrix,
        retries: RetryRules = RetryRules(), retryBudget: RetryBudgetRules = RetryBudgetRules(),
        limits: CallLimits = CallLimits(), breaker: BreakerRules = BreakerRules(),
        quality: QualityRules = QualityRules(), latency: LatencyRules = LatencyRules(),
        budgets: BudgetRules = BudgetRules(), policies: PolicyRules = PolicyRules(), premiumModel: String? = nil
    ) {
        self.providers = providers
        self.models = models
        self.aliases = aliases
        self.routing = routing
        self.retries = retries
        self.retryBudget = retryBudget
        self.limits = limits
        self.breaker = breaker
        self.quality = quality
        self.latency = latency
        self.budgets = budgets
        self.policies = policies
        self.premiumModel = premiumModel
    }

    /// The model with this name or alias.
    public func model(named name: String) -> Model? {
        let target = aliases[name] ?? name
        return models.first { $0.name == target }
    }

    public func provider(named name: String) -> Provider? {
        providers.first { $0.name == name }
    }
}
