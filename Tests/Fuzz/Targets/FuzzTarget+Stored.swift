import Foundation
import HTTPTypes
import InboxCore
import Vocabulary

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
        if let answer = try? JSONValue(parsing: data) {
            try require(try StoredAnswer(storing: answer).answer() == answer, "an answer changes in storage")
        }
        if let note = JournalNote(decoding: data), abs(note.step.at.timeIntervalSince1970) < 1e9 {
            try require(try JournalNote(decoding: note.encoded()) == note, "a journaled step changes in storage")
        }
        _ = try? ZstdFrame.decompress(data, bytes: min(data.count * 8, 4096))
    }
}
