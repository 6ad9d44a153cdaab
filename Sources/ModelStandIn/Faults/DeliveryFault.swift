/// An answer that is charged in full, but comes late or not to its end.
package enum DeliveryFault: Sendable, Hashable {
    /// Nothing comes for so long, not even the headers.
    case slow(milliseconds: Int)
    /// The body comes byte by byte, with a pause before each.
    case slowBody(milliseconds: Int)
    /// The answer does not come; the connection stays open until the client gives up or the hang limit is over.
    case hang
    case cutBeforeHeaders
    /// The connection is closed after half of the body.
    case cutMidBody
    /// The connection is reset after the headers, as by a server that dies.
    case resetAfterHeaders

    func apply(to outcome: inout Outcome) {
        switch self {
        case .slow(let milliseconds): outcome.delay += .milliseconds(milliseconds)
        case .slowBody(let milliseconds): outcome.steps = outcome.steps.dribbled(pause: .milliseconds(milliseconds))
        case .hang: (outcome.sendsHeaders, outcome.ending) = (false, .stall)
        case .cutBeforeHeaders: (outcome.sendsHeaders, outcome.ending) = (false, .cut)
        case .cutMidBody: (outcome.steps, outcome.ending) = (outcome.steps.firstHalf, .cut)
        case .resetAfterHeaders: (outcome.steps, outcome.ending) = ([], .reset)
        }
    }
}

extension Fault {
    package static func slow(milliseconds: Int) -> Fault { .delivery(.slow(milliseconds: milliseconds)) }
    package static func slowBody(milliseconds: Int) -> Fault { .delivery(.slowBody(milliseconds: milliseconds)) }
    package static let hang = Fault.delivery(.hang)
    package static let cutBeforeHeaders = Fault.delivery(.cutBeforeHeaders)
    package static let cutMidBody = Fault.delivery(.cutMidBody)
    package static let resetAfterHeaders = Fault.delivery(.resetAfterHeaders)
}
