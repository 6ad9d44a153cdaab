package import Bellhop

/// Where effects stand in line: all to one destination, or all of one kind.
package struct EffectLane: Sendable, Hashable, Codable {
    package var kind: Effect.Kind
    /// Of a ``Effect/Post``; `nil` for the other kinds.
    package var destination: String?

    package init(_ kind: Effect.Kind, destination: String? = nil) {
        self.kind = kind
        self.destination = destination
    }

    package init(of effect: Effect) {
        kind = effect.kind
        if case .post(let post) = effect { destination = post.destination }
    }

    /// For example `tag`, or `post:erp`.
    package var text: String {
        destination.map { "\(kind.rawValue):\($0)" } ?? kind.rawValue
    }

    package init?(text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let kind = parts.first.flatMap({ Effect.Kind(rawValue: String($0)) }) else { return nil }
        self.init(kind, destination: parts.count == 2 ? String(parts[1]) : nil)
    }
}
