/// The rate limits of all models and providers.
struct Meters {
    private var modelLimits: [String: RateLimits]
    private var providerLimits: [String: RateLimits]
    private var models: [String: RateMeter] = [:]
    private var providers: [String: RateMeter] = [:]

    init(_ rules: Engine.Rules) {
        modelLimits = rules.modelLimits
        providerLimits = rules.providerLimits
    }

    /// Takes other limits over; where they are the same, what was counted stays.
    mutating func adopt(_ rules: Engine.Rules) {
        models = models.filter { modelLimits[$0.key] == rules.modelLimits[$0.key] }
        providers = providers.filter { providerLimits[$0.key] == rules.providerLimits[$0.key] }
        modelLimits = rules.modelLimits
        providerLimits = rules.providerLimits
    }

    /// How long until the model may be asked; `nil` when it may be now.
    mutating func wait(for hop: Engine.Offer.Hop, at now: Duration) -> Duration? {
        var wait = Duration.zero
        if let limits = modelLimits[hop.model] {
            wait = models[hop.model, default: RateMeter(limits, at: now)].wait(tokens: hop.tokens, at: now)
        }
        if let limits = providerLimits[hop.provider] {
            wait = max(
                wait, providers[hop.provider, default: RateMeter(limits, at: now)].wait(tokens: hop.tokens, at: now))
        }
        return wait > .zero ? wait : nil
    }

    mutating func take(_ hop: Engine.Offer.Hop) {
        models[hop.model]?.take(tokens: hop.tokens)
        providers[hop.provider]?.take(tokens: hop.tokens)
    }

    mutating func correct(_ hop: Engine.Offer.Hop, to used: Int) {
        models[hop.model]?.correct(tokens: hop.tokens, to: used)
        providers[hop.provider]?.correct(tokens: hop.tokens, to: used)
    }
}
