import Foundation
import HummingbirdCore
import NIOCore

/// The bytes of one body, counted against the limit of all bodies together.
///
/// They count when they arrive, not when they are announced: a sender that promises much and sends little takes no
/// room from the others.
struct HeldBytes {
    let limit: Int
    let counters: DoorCounters
    private var count = 0

    init(limit: Int, counters: DoorCounters) {
        self.limit = limit
        self.counters = counters
    }

    /// Reads a body into one buffer.
    ///
    /// - Parameters:
    ///   - maximum: the most bytes that are taken.
    ///   - declared: the content length, when there is one.
    /// - Throws: `.bodyTooLarge` or `.overloaded`, or an error of the connection when the body does not come whole.
    mutating func read(_ parts: RequestBody, upTo maximum: Int, declared: Int?) async throws -> Data {
        var body = Data()
        // Not all that is declared: memory is spent on what has come.
        body.reserveCapacity(min(declared ?? 0, 64 << 10))
        for try await part in parts {
            let length = part.readableBytes
            guard length <= maximum - body.count else { throw Refusal.bodyTooLarge }
            guard counters.hold(length, within: limit) else { throw Refusal.overloaded }
            count += length
            part.withUnsafeReadableBytes { body.append(contentsOf: $0) }
        }
        return body
    }

    /// Gives the bytes back, once the body is no longer needed.
    mutating func release() {
        counters.release(count)
        count = 0
    }
}
