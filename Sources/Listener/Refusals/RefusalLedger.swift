import Addresses
package import Bellhop
package import Foundation
import HTTPTypes
import Synchronization

/// Remembers what was refused: the last few requests, and whether deliveries are refused that used to be taken.
///
/// Only a request that names a shop which deliveries have been accepted from counts as a delivery that was refused:
/// what scans the internet for open doors does not know one.
package final class RefusalLedger: Sendable {
    private struct State {
        var shelf = RefusalShelf()
        var alarm = RefusalAlarm()
        var shops: Set<Shop> = []
    }

    /// More are not remembered; the alarm then goes by these.
    private static let mostShops = 10_000

    private let state = Mutex(State())
    private let now: @Sendable () -> Date
    private let onAlert: @Sendable (DoorAlert) -> Void

    /// - Parameter onAlert: called once when the share of refused deliveries jumps, and once when that is over.
    package init(
        now: @escaping @Sendable () -> Date = { Date() }, onAlert: @escaping @Sendable (DoorAlert) -> Void = { _ in }
    ) {
        self.now = now
        self.onAlert = onAlert
    }

    /// The last refused requests, newest first.
    package var recent: [RefusedRequest] {
        state.withLock { $0.shelf.requests.reversed() }
    }

    package var isAlarmed: Bool {
        state.withLock { $0.alarm.isRaised }
    }

    /// What came of the deliveries of the last minute.
    package var share: RefusalAlarm.Share {
        let second = second(now())
        return state.withLock { $0.alarm.share(at: second) }
    }

    /// Counts these as shops that deliveries have been accepted from.
    package func know(_ shops: some Sequence<Shop>) {
        state.withLock { state in
            for shop in shops { Self.know(shop, &state) }
        }
    }

    func accepted(_ shop: Shop) {
        let second = second(now())
        let change = state.withLock { state in
            Self.know(shop, &state)
            return state.alarm.accept(at: second)
        }
        if let change { onAlert(DoorAlert(change)) }
    }

    /// - Parameters:
    ///   - request: `nil` when it was refused before its head had been read.
    ///   - isDelivery: whether it was meant to be one, by method and path.
    func refused(_ refusal: Refusal, _ request: HTTPRequest?, from address: IPAddress?, isDelivery: Bool) {
        let date = now()
        let second = second(date)
        let kept = RefusedRequest(refusal, at: date, address: address?.description, request: request)
        // What comes while the server stops is delivered to the one that starts.
        let shop = isDelivery && refusal != .stopping ? request.flatMap { Self.shop(named: $0.headerFields) } : nil
        let change = state.withLock { state in
            state.shelf.add(kept)
            guard let shop, state.shops.contains(shop) else { return RefusalAlarm.Change?.none }
            return state.alarm.refuse(refusal, at: second)
        }
        if let change { onAlert(DoorAlert(change)) }
    }

    private static func know(_ shop: Shop, _ state: inout State) {
        if state.shops.count < mostShops { state.shops.insert(shop) }
    }

    /// The one shop that a request names. The headers are not to be believed: they only choose what is counted.
    private static func shop(named fields: HTTPFields) -> Shop? {
        let names = Sender.known.map(\.headers.shop)
        let values = fields.filter { names.contains($0.name.canonicalName) }
        return values.count == 1 ? values.first.flatMap { Shop(domain: $0.value) } : nil
    }

    private func second(_ date: Date) -> Int {
        Int(exactly: date.timeIntervalSince1970.rounded(.down)) ?? 0
    }
}
