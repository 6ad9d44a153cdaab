package import Addresses

/// Whose request it is.
package enum Caller: Sendable, Hashable {
    /// Of an address that is connected to the door itself.
    case direct(IPAddress)
    /// Of an address that a trusted proxy names, or of the proxy itself where what it names is none.
    case behind(IPAddress)
    /// Behind a trusted proxy that does not say for whom, or from no address at all.
    case unnamed(IPAddress?)

    package var address: IPAddress? {
        switch self {
        case .direct(let address), .behind(let address): address
        case .unnamed(let proxy): proxy
        }
    }

    /// Whose share of what all have together it uses; `nil` when that cannot be told.
    var sharing: IPAddress? {
        switch self {
        case .direct(let address), .behind(let address): address
        case .unnamed: nil
        }
    }
}
