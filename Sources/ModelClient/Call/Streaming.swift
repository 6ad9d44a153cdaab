/// How an answer is taken piece by piece, and how long a silence may be.
public struct Streaming: Sendable {
    /// Longest time until the first piece of the answer, or of the thoughts before it where a model thinks aloud; a
    /// server's signs of life do not count.
    public var firstToken: Duration
    /// Longest time between two pieces.
    public var idle: Duration
    /// Called with each piece as it comes, in order. A piece is not checked yet: the call may still move to another
    /// model, whose answer begins anew with ``Event/began(model:)``.
    public var onEvent: @Sendable (Event) -> Void

    public enum Event: Sendable, Hashable {
        /// A model begins to answer; what came before is void.
        case began(model: String)
        case text(String)
    }

    public init(
        firstToken: Duration = .seconds(20), idle: Duration = .seconds(15),
        onEvent: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        self.firstToken = firstToken
        self.idle = idle
        self.onEvent = onEvent
    }
}
