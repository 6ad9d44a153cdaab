public import Vocabulary

/// Something that a person should know. It names budgets, providers and models, never what was asked or answered.
public enum Alert: Sendable, Hashable {
    /// A budget has reached its alert share. Given once a day and account.
    case budgetLow(BudgetAccount, spent: USD, daily: USD, topDriver: CostDriver?)
    /// The daily amount is spent: only emergency models are asked from now on.
    case emergencyBegan(BudgetAccount, spent: USD, daily: USD, topDriver: CostDriver?)
    case emergencyEnded(BudgetAccount)
    /// A request was refused because its worst case would pass the ceiling. Given once a day and account.
    case ceilingReached(BudgetAccount, ceiling: USD)
    /// A request cost more than the worst case reserved for it. The account takes no more requests that day.
    case accountClosed(BudgetAccount, model: String, reserved: USD, billed: USD)
    /// The provider refuses the key.
    case keyRefused(provider: String)
    /// The provider's credit or a limit of the account is used up.
    case creditUsedUp(provider: String)
    /// The provider does not have the model; it is asked no more until the configuration changes.
    case unknownModel(String, provider: String)
    /// What a model is billed differs from what its list prices give.
    case priceDrift(model: String, estimated: USD, billed: USD)
    /// The provider lists another price than the configuration; the listed one counts from now on.
    case priceChanged(model: String, from: PricePair, to: PricePair)
    /// A model fails and is left alone.
    case modelDown(String)
    case modelRecovered(String)
    /// A model's answers to a task are mostly refused by the checks; it is asked last for a while.
    case modelUnfit(String, task: TaskType)
    /// Reservations cannot be recorded, so nothing is sent. Given once until it works again.
    case ledgerFailed
    /// What the program around the client has to say, in its own words. `isTrouble` tells a warning from good news.
    case announcement(String, isTrouble: Bool)

    /// What most of the money went to.
    public struct CostDriver: Sendable, Hashable {
        public var task: TaskType
        public var model: String
        public var spent: USD

        public init(task: TaskType, model: String, spent: USD) {
            self.task = task
            self.model = model
            self.spent = spent
        }
    }
}

/// What a model costs, prompt and completion, and what each request costs beside them.
public struct PricePair: Sendable, Hashable {
    public var prompt: TokenPrice
    public var completion: TokenPrice
    public var request: USD

    public init(prompt: TokenPrice, completion: TokenPrice, request: USD = .zero) {
        self.prompt = prompt
        self.completion = completion
        self.request = request
    }
}
