public import Foundation
import Synchronization

/// The body of a response in parts, as they come.
///
/// Each part is fetched when the reader asks for it: a reader who is slow holds the server up instead of filling the
/// memory. Parts are cut anywhere, also inside a character.
///
/// It is read once; a second iteration throws. Leaving the loop early ends the exchange, and so does letting go of the
/// body without reading it. Reading throws ``TransportError`` when the exchange breaks, after the parts that had come,
/// and `CancellationError` when the reader's task is cancelled.
public struct TransportBody: AsyncSequence, Sendable {
    public typealias Element = Data

    private let source: Source

    /// - Parameters:
    ///   - next: gives the next part, `nil` at the end. Called by one reader at a time, and not again after the end or
    ///     an error. Expected to throw `CancellationError` when it waits and its task is cancelled.
    ///   - onDrop: called once, when the body has been read to its end or nobody can read it any more.
    public init(next: @escaping @Sendable () async throws -> Data?, onDrop: @escaping @Sendable () -> Void = {}) {
        source = Source(next: next, onDrop: onDrop)
    }

    /// A body that is there as a whole: one part, none when it is empty.
    public init(_ data: Data) {
        let rest = Mutex<Data?>(data)
        self.init(next: { rest.withLock { $0.take() } })
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(source)
    }
}

extension TransportBody {
    /// Fetches the parts. The exchange ends with it.
    public struct Iterator: AsyncIteratorProtocol {
        private enum State {
            case reading(Lease)
            /// Somebody else reads the body, or has read it.
            case refused
            case over
        }

        private var state: State

        fileprivate init(_ source: Source) {
            state = source.claim() ? .reading(Lease(source)) : .refused
        }

        /// The next part, never empty; `nil` at the end and after an error.
        public mutating func next() async throws -> Data? {
            switch state {
            case .reading(let lease):
                return try await next(from: lease.source)
            case .refused:
                state = .over
                throw TransportError(.other, "a response body can be read only once", mayHaveBeenSent: true)
            case .over:
                return nil
            }
        }

        private mutating func next(from source: Source) async throws -> Data? {
            do {
                try Task.checkCancellation()
                while let part = try await source.next() {
                    if !part.isEmpty { return part }
                }
            } catch {
                state = .over
                throw error
            }
            state = .over
            return nil
        }
    }

    /// Lets go of the source with the last copy of an iterator.
    private final class Lease: Sendable {
        let source: Source

        init(_ source: Source) {
            self.source = source
        }

        deinit {
            source.drop()
        }
    }

    /// Where the parts come from; shared by a body, its copies and the iterator.
    fileprivate final class Source: Sendable {
        let next: @Sendable () async throws -> Data?
        private let onDrop: @Sendable () -> Void
        private let isClaimed = Atomic(false)
        private let isDropped = Atomic(false)

        init(next: @escaping @Sendable () async throws -> Data?, onDrop: @escaping @Sendable () -> Void) {
            self.next = next
            self.onDrop = onDrop
        }

        /// - Returns: `true` for the first who asks.
        func claim() -> Bool {
            !isClaimed.exchange(true, ordering: .relaxed)
        }

        func drop() {
            if !isDropped.exchange(true, ordering: .relaxed) { onDrop() }
        }

        deinit {
            drop()
        }
    }
}
