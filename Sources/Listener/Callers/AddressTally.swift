package import Addresses

/// Counts what is under way, in all and by address. A value: it is told who comes and who goes.
package struct AddressTally: Sendable {
    private let most: Int
    private let perAddress: Int
    private var total = 0
    private var counts: [IPAddress: Int] = [:]

    package enum Limit: Sendable, Hashable {
        case total, address
    }

    package init(most: Int, perAddress: Int) {
        self.most = most
        self.perAddress = perAddress
    }

    /// Counts one more.
    ///
    /// - Parameter address: `nil` for one that is only counted in all.
    /// - Returns: the limit that it would pass; then it is not counted.
    package mutating func enter(_ address: IPAddress?) -> Limit? {
        guard total < most else { return .total }
        if let key = address?.countedAs {
            let count = counts[key, default: 0]
            guard count < perAddress else { return .address }
            counts[key] = count + 1
        }
        total += 1
        return nil
    }

    /// - Parameter address: as it entered.
    package mutating func leave(_ address: IPAddress?) {
        total = max(0, total - 1)
        guard let key = address?.countedAs, let count = counts[key] else { return }
        counts[key] = count > 1 ? count - 1 : nil
    }
}

extension IPAddress {
    /// What it is counted as: itself, or of version 6 the first 64 bits, which is what one customer of a provider has.
    var countedAs: IPAddress {
        isV4 ? self : prefix(64)
    }
}
