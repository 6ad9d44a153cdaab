import Foundation

/// A response body as it arrives, within a limit.
struct BodyBuffer: Sendable {
    private(set) var data = Data()
    let maxBytes: Int

    init(maxBytes: Int) {
        self.maxBytes = maxBytes
    }

    /// - Parameter expected: the whole size, where the server has named one; it saves growing in steps.
    /// - Returns: whether the limit still holds. Nothing is taken when it does not.
    mutating func append(_ bytes: UnsafeRawBufferPointer, expected: Int?) -> Bool {
        guard bytes.count <= maxBytes - data.count else { return false }
        if data.isEmpty, let expected {
            data.reserveCapacity(min(max(expected, bytes.count), maxBytes))
        }
        unsafe data.append(contentsOf: bytes)
        return true
    }
}
