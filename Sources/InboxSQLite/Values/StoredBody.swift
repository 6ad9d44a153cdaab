import Foundation

/// A body as it lies in the database: compressed where that makes it smaller.
struct StoredBody: Sendable, Hashable {
    enum Encoding: String, Sendable {
        case raw, zstd
    }

    var encoding: Encoding
    var content: Data
    /// Size of the body as received, in bytes.
    var bytes: Int

    init(encoding: Encoding, content: Data, bytes: Int) {
        self.encoding = encoding
        self.content = content
        self.bytes = bytes
    }

    init(storing body: Data) {
        if let frame = ZstdFrame.compress(body) {
            self.init(encoding: .zstd, content: frame, bytes: body.count)
        } else {
            self.init(encoding: .raw, content: body, bytes: body.count)
        }
    }

    /// The body exactly as received.
    ///
    /// - Throws: `ZstdFrame.Damaged` when the stored bytes are not what was written.
    func received() throws(ZstdFrame.Damaged) -> Data {
        switch encoding {
        case .zstd: return try ZstdFrame.decompress(content, bytes: bytes)
        case .raw:
            guard content.count == bytes else {
                throw ZstdFrame.Damaged(description: "\(content.count) bytes are stored instead of \(bytes)")
            }
            return content
        }
    }
}
