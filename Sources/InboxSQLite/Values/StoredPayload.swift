import Cryptography
import Foundation
import GRDB

/// Headers and body as their row holds them: packed, and sealed when there is a key.
struct StoredPayload: Sendable {
    private static let sealedSuffix = "+sealed"

    let headers: DatabaseValue
    /// How the body was packed, and whether it was sealed after that.
    let encoding: String
    let content: Data

    init(headers: DatabaseValue, encoding: String, content: Data) {
        self.headers = headers
        self.encoding = encoding
        self.content = content
    }

    /// - Parameter delivery: the delivery's sequence number.
    init(_ body: StoredBody, headers: String, of delivery: Int64, sealing: Sealing) throws {
        self.headers = try sealing.stored(headers, in: Self.headersPlace(delivery))
        guard sealing.isOn else {
            encoding = body.encoding.rawValue
            content = body.content
            return
        }
        encoding = body.encoding.rawValue + Self.sealedSuffix
        content = try sealing.keys.seal(body.content, for: Self.contentPlace(delivery).description)
    }

    init(_ row: Row) throws {
        headers = try row.sealed("headers")
        encoding = try row.decode(forKey: "encoding")
        content = try row.decode(forKey: "content")
    }

    /// - Parameter bytes: the size of the body as received.
    /// - Throws: `SealError`, or when the stored bytes are damaged.
    func opened(of delivery: Int64, bytes: Int, sealing: Sealing) throws -> (headers: String, body: StoredBody) {
        let isSealed = encoding.hasSuffix(Self.sealedSuffix)
        let packing = isSealed ? String(encoding.dropLast(Self.sealedSuffix.count)) : encoding
        guard let packing = StoredBody.Encoding(rawValue: packing) else { throw DamagedRow(column: "encoding") }
        let packed =
            isSealed ? try sealing.keys.open(content, for: Self.contentPlace(delivery).description) : content
        return (
            try sealing.text(headers, in: Self.headersPlace(delivery)),
            StoredBody(encoding: packing, content: packed, bytes: bytes)
        )
    }

    /// Whether headers or body should be sealed anew.
    func isOutdated(_ sealing: Sealing) -> Bool {
        let content = encoding.hasSuffix(Self.sealedSuffix) ? content.databaseValue : "".databaseValue
        return sealing.isOutdated(headers) || sealing.isOutdated(content)
    }

    private static func headersPlace(_ delivery: Int64) -> Sealing.Place {
        Sealing.Place("bodies.headers", row: "\(delivery)")
    }

    private static func contentPlace(_ delivery: Int64) -> Sealing.Place {
        Sealing.Place("bodies.content", row: "\(delivery)")
    }
}
