import Addresses
import Synchronization

/// Those who are at the door: their connections, and behind a trusted proxy, whose connections carry many callers,
/// their requests.
final class Callers: Sendable {
    private struct State {
        var connections: AddressTally
        var requests: AddressTally
    }

    let proxies: TrustedProxies
    private let state: Mutex<State>

    init(limits: DoorLimits, proxies: TrustedProxies) {
        self.proxies = proxies
        state = Mutex(
            State(
                connections: AddressTally(most: limits.connections, perAddress: limits.perAddress),
                requests: AddressTally(most: .max, perAddress: limits.perAddress)))
    }

    /// - Returns: why the connection is one too many; then it is not counted.
    func connected(_ peer: IPAddress?) -> Refusal? {
        switch state.withLock({ $0.connections.enter(counted(peer)) }) {
        case nil: nil
        case .total: .tooManyConnections
        case .address: .tooManyFromAddress
        }
    }

    func disconnected(_ peer: IPAddress?) {
        state.withLock { $0.connections.leave(counted(peer)) }
    }

    /// - Returns: whether the request may go on; if so it has to be ended.
    func began(_ caller: Caller) -> Bool {
        guard case .behind(let address) = caller else { return true }
        return state.withLock { $0.requests.enter(address) } == nil
    }

    func ended(_ caller: Caller) {
        guard case .behind(let address) = caller else { return }
        state.withLock { $0.requests.leave(address) }
    }

    /// The connections of a trusted proxy are many people's.
    private func counted(_ peer: IPAddress?) -> IPAddress? {
        peer.flatMap { proxies.trusts($0) ? nil : $0 }
    }
}
