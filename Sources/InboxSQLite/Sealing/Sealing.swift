import Cryptography
import Foundation
import GRDB

/// Stores what customers and models wrote: sealed when there is a key, else as it is.
///
/// Rows of both kinds may lie side by side. A column of text holds text as it is and sealed text as a blob. In a column
/// of blobs, sealed bytes begin with a byte that no JSON begins with; for other bytes a second column has to tell.
struct Sealing: Sendable {
    static let off = Sealing(keys: .none)

    let keys: StorageKeys

    /// Where something is stored: sealed bytes that are moved to another place cannot be opened.
    struct Place: Sendable, CustomStringConvertible {
        let description: String

        /// - Parameters:
        ///   - column: table and column, for example `effects.effect`.
        ///   - row: what tells the row from others for as long as it exists.
        init(_ column: StaticString, row: String) {
            description = "\(column)/\(row)"
        }
    }

    var isOn: Bool { keys.newest != nil }

    /// - Returns: what to store in a column of text.
    /// - Throws: when OpenSSL fails.
    func stored(_ text: String, in place: Place) throws -> DatabaseValue {
        isOn ? try keys.seal(Data(text.utf8), for: place.description).databaseValue : text.databaseValue
    }

    /// - Parameter stored: as ``stored(_:in:)`` made it, with any key that this process has.
    /// - Throws: `SealError`, or `DamagedRow` when the column holds neither text nor a blob.
    func text(_ stored: DatabaseValue, in place: Place) throws -> String {
        switch stored.storage {
        case .string(let text): return text
        case .blob(let bytes): return String(decoding: try json(bytes, in: place), as: UTF8.self)
        default: throw DamagedRow(column: place.description)
        }
    }

    /// - Returns: what to store of JSON in a column of blobs.
    /// - Throws: when OpenSSL fails.
    func stored(json: Data, in place: Place) throws -> Data {
        isOn ? try keys.seal(json, for: place.description) : json
    }

    /// - Parameter stored: as ``stored(json:in:)`` made it, with any key that this process has.
    /// - Throws: `SealError`.
    func json(_ stored: Data, in place: Place) throws -> Data {
        Seal.marks(stored) ? try keys.open(stored, for: place.description) : stored
    }

    /// Whether the newest key, if there is one, should seal this anew.
    func isOutdated(_ stored: DatabaseValue) -> Bool {
        guard let newest = keys.newest else { return false }
        guard case .blob(let sealed) = stored.storage else { return true }
        return Seal.keyID(of: sealed) != newest.id
    }
}

extension Row {
    /// What a column holds, to be opened later.
    ///
    /// - Throws: `DamagedRow` when the row has no such column or nothing is in it.
    func sealed(_ column: String) throws -> DatabaseValue {
        guard let stored = self[column] as DatabaseValue?, !stored.isNull else { throw DamagedRow(column: column) }
        return stored
    }
}
