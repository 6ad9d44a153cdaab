import Synchronization

/// The prices of the moment: what is charged, and what the list of models says. They can be changed while the server
/// runs, as providers do, and need not agree.
package final class PriceBoard: Sendable {
    private let state: Mutex<Prices>

    private struct Prices {
        var charged: [String: ModelPrice]
        var listed: [String: ModelPrice]?
    }

    /// - Parameter listed: `nil` lists what is charged, also after a change.
    package init(charged: [String: ModelPrice], listed: [String: ModelPrice]? = nil) {
        state = Mutex(Prices(charged: charged, listed: listed))
    }

    /// The models that are known, and what their answers cost.
    package var charged: [String: ModelPrice] {
        get { state.withLock(\.charged) }
        set { state.withLock { $0.charged = newValue } }
    }

    /// What `GET /v1/models` says.
    package var listed: [String: ModelPrice] {
        state.withLock { $0.listed ?? $0.charged }
    }

    /// Lists other prices from now on; `nil` lists what is charged.
    package func list(_ prices: [String: ModelPrice]?) {
        state.withLock { $0.listed = prices }
    }
}
