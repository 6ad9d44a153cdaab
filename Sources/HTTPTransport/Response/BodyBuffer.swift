import Foundation

/// A response body as it arrives.
struct BodyBuffer: Sendable {
    private(set) var data = Data()

    /// - Parameter expected: the whole size, where the server has named one; it saves growing in steps.
    mutating func append(_ bytes: UnsafeRawBufferPointer, expected: Int?) {
        if data.isEmpty, let expected { data.reserveCapacity(max(expected, bytes.count)) }
        unsafe data.append(contentsOf: bytes)
    }
}
