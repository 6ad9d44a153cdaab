import Foundation
import HTTPTypes

@testable import InboxSQLite
@testable import Listener

extension FuzzTarget {
    /// What the inbox keeps of a delivery comes back as it was; bytes that it did not write are an error.
    static let stored = FuzzTarget(name: "stored") { data in
        let headers = KeptHeaders(HTTPFields(headerLines: data)).values
        try require(StoredHeaders.headers(in: StoredHeaders.text(of: headers)) == headers, "headers change in storage")
        let text = String(decoding: data, as: UTF8.self)
        if let read = StoredHeaders.headers(in: text) {
            try require(
                StoredHeaders.headers(in: StoredHeaders.text(of: read)) == read, "headers change in storage again")
        }
        try require(try StoredBody(storing: data).received() == data, "a body changes in storage")
        _ = try? ZstdFrame.decompress(data, bytes: min(data.count * 8, 4096))
    }
}
