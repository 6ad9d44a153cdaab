import Addresses
import HTTPTypes

/// What is written down at the door, and who is there.
struct DoorBooks: Sendable {
    let counters: DoorCounters
    let refusals: RefusalLedger
    let callers: Callers
    let bodies: HeldBodies

    /// Writes down that something was refused.
    ///
    /// - Parameters:
    ///   - request: `nil` when it was refused before its head had been read.
    ///   - isDelivery: whether it was meant to be one, by method and path.
    func note(
        _ refusal: Refusal, _ request: HTTPRequest? = nil, from address: IPAddress?, isDelivery: Bool = false
    ) {
        counters.count(refusal)
        refusals.refused(refusal, request, from: address, isDelivery: isDelivery)
    }
}
