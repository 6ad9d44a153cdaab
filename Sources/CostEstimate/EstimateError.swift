/// Why a workload cannot be estimated, and what to do about it.
package enum EstimateError: Error, Sendable, Hashable, CustomStringConvertible {
    case noSingleModel
    case unknownModel(String, advice: String)
    case withoutPrice(String)
    case beyondCounting

    package var description: String {
        switch self {
        case .noSingleModel:
            "there is no model to compare with: set premium_model in bellhop.yaml, or name one with --single"
        case .unknownModel(let name, let advice):
            "model \"\(name)\" is not configured: \(advice)"
        case .withoutPrice(let name):
            "model \"\(name)\" has no price: add price: { prompt: …, completion: … } to it in bellhop.yaml, in dollars "
                + "per million tokens"
        case .beyondCounting:
            "this comes to more than nine billion dollars: look again at the calls, the tokens and the prices"
        }
    }
}
