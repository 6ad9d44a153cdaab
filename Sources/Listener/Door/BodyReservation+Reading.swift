import Foundation
import HummingbirdCore
import NIOCore

extension BodyReservation {
    /// Reads a body into one buffer, within the room there is for it.
    ///
    /// - Parameters:
    ///   - maximum: the most bytes that are taken.
    ///   - declared: the content length, when there is one.
    /// - Throws: `.bodyTooLarge`, `.overloaded` or `.tooManyFromAddress`, or an error of the connection when the body
    ///   does not come whole.
    mutating func read(_ parts: RequestBody, upTo maximum: Int, declared: Int?) async throws -> Data {
        var body = Data()
        // A small one has its room already. A large one grows: memory is spent on what has come.
        body.reserveCapacity(min(declared ?? 0, BodyBudget.smallBytes))
        for try await part in parts {
            let length = part.readableBytes
            guard length <= maximum - body.count else { throw Refusal.bodyTooLarge }
            try grow(to: body.count + length)
            part.withUnsafeReadableBytes { body.append(contentsOf: $0) }
        }
        return body
    }
}
