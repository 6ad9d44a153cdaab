/// Something that goes wrong between a client and a model. Its text form names it on the command line.
///
/// What a provider would charge for is charged on the bill too: everything that went wrong after the model had
/// answered. What is refused costs nothing.
package enum Fault: Sendable, Hashable {
    /// Refused before any work, at no cost.
    case refusal(Refusal)
    /// Answered and charged, but late or not to the end.
    case delivery(DeliveryFault)
    /// Answered and charged for what it says, which is not what was asked for.
    case content(ContentFault)
    /// Answered, but written down in an unusual way.
    case body(BodyFault)
    /// A stream that is unusual. Requests that do not ask for a stream never meet it.
    case stream(StreamFault)
    /// Exactly this response, at no cost; it has no text form.
    case raw(RawResponse)

    /// Whether the request is one that this fault can happen to.
    func concerns(_ request: CompletionRequest) -> Bool {
        switch self {
        case .stream: request.streams
        case .refusal(.fewerMaxTokens(let affordable?)): request.maxTokens > affordable
        default: true
        }
    }
}
