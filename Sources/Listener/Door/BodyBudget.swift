package import Addresses

/// How many bytes of bodies may be held at once, and by whom. A value: it is told how each body grows.
///
/// Nobody is known before a body has come whole and its signature holds, so no one may keep the others out: a caller
/// has a share, and large bodies have half of the whole, so that there is room for the small ones that webhooks mostly
/// are.
package struct BodyBudget: Sendable {
    /// Bodies up to this size are small.
    package static let smallBytes = 256 << 10

    /// Why a body may not grow.
    package enum Limit: Sendable, Hashable {
        case whole, large, caller
    }

    private let whole: Int
    private let large: Int
    private let share: Int
    /// Bytes held now.
    package private(set) var held = 0
    private var heldByLarge = 0
    private var shares: [IPAddress: Int] = [:]

    /// - Parameters:
    ///   - whole: bytes of all bodies together. At least one of the largest always fits.
    ///   - largest: the most bytes of one body.
    package init(whole: Int, largest: Int) {
        self.whole = max(whole, largest)
        large = max(whole / 2, largest)
        share = max(whole / 4, largest)
    }

    /// Changes the size of a body: one that comes had 0 bytes, one that goes has 0 bytes from then on.
    ///
    /// - Parameter caller: `nil` for one that has no share of its own.
    /// - Returns: the limit that it would pass; then it keeps its size. Becoming smaller always succeeds.
    package mutating func resize(from old: Int, to new: Int, for caller: IPAddress?) -> Limit? {
        if let limit = limit(from: old, to: new, for: caller) { return limit }
        held += new - old
        heldByLarge += Self.large(new) - Self.large(old)
        if let key = caller?.countedAs {
            let count = shares[key, default: 0] + new - old
            shares[key] = count > 0 ? count : nil
        }
        return nil
    }

    /// The limit that a body would pass, as for ``resize(from:to:for:)``; nothing changes.
    package func limit(from old: Int, to new: Int, for caller: IPAddress?) -> Limit? {
        guard new > old else { return nil }
        if let key = caller?.countedAs, new - old > share - shares[key, default: 0] { return .caller }
        if Self.large(new) - Self.large(old) > large - heldByLarge { return .large }
        return new - old > whole - held ? .whole : nil
    }

    /// What a body of this size counts among the large ones.
    private static func large(_ bytes: Int) -> Int {
        bytes > smallBytes ? bytes : 0
    }
}
