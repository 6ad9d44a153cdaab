extension Alert: CustomStringConvertible {
    /// One sentence for a person.
    public var description: String {
        switch self {
        case .budgetLow(let account, let spent, let daily, let driver):
            "\(spent) of today's \(daily) for \(account) are spent\(Self.words(driver))"
        case .emergencyBegan(let account, let spent, let daily, let driver):
            "today's \(daily) for \(account) are used up (\(spent) spent): only emergency models are asked until the day "
                + "ends\(Self.words(driver))"
        case .emergencyEnded(let account):
            "emergency mode is over for \(account)"
        case .ceilingReached(let account, let ceiling):
            "a request for \(account) was not sent because it could have passed today's ceiling of \(ceiling)"
        case .accountClosed(let account, let model, let reserved, let billed):
            "\(model) billed \(billed) for a request of at most \(reserved); nothing more is spent for \(account) today. "
                + "Check the model's prices"
        case .keyRefused(let provider):
            "\(provider) refuses the key: put a valid one in its place"
        case .creditUsedUp(let provider):
            "\(provider) says that credit or a limit of the account is used up: top it up or raise the limit"
        case .unknownModel(let model, let provider):
            "\(provider) does not have the model \(model): correct its id in the configuration"
        case .priceDrift(let model, let estimated, let billed):
            "\(model) billed \(billed) where its prices give \(estimated): correct them in the configuration"
        case .priceChanged(let model, let from, let to):
            "\(model) now lists \(to) in place of \(from), in dollars per million tokens: correct it in the configuration"
        case .modelDown(let model):
            "\(model) fails and is left alone for a while"
        case .modelRecovered(let model):
            "\(model) answers again"
        case .modelUnfit(let model, let task):
            "\(model) gives mostly poor answers to \(task.rawValue) and is asked last for a while"
        case .ledgerFailed:
            "spending cannot be recorded: check the disk that holds the data folder"
        case .announcement(let words, _):
            words
        }
    }

    private static func words(_ driver: CostDriver?) -> String {
        driver.map { "; the most went to \($0.task.rawValue) on \($0.model): \($0.spent)" } ?? ""
    }
}

extension PricePair: CustomStringConvertible {
    /// Prompt and completion in dollars per million tokens, and what a request costs if it costs anything.
    public var description: String {
        let tokens = "\(prompt.dollarsPerMillion) / \(completion.dollarsPerMillion)"
        return request == .zero ? tokens : "\(tokens) and \(request) a request"
    }
}
