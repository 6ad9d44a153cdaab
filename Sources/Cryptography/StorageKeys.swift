package import Foundation

/// The storage keys that a process has: the newest seals, all of them open.
package struct StorageKeys: Sendable, Hashable {
    /// No key: nothing is sealed, and nothing sealed can be opened.
    package static let none = StorageKeys([])

    private let keys: [StorageKey]

    /// - Parameter keys: newest first.
    package init(_ keys: [StorageKey]) {
        self.keys = keys
    }

    package var newest: StorageKey? { keys.first }
    package var ids: [StorageKey.ID] { keys.map(\.id) }

    /// Seals bytes with the newest key.
    ///
    /// - Parameter place: where they will lie; opened for another place they are not genuine.
    /// - Throws: ``SealError`` `.noKey` when there is none, or ``SignatureError`` when OpenSSL fails.
    package func seal(_ plain: Data, for place: String) throws -> Data {
        guard let newest else { throw SealError.noKey }
        return try Seal.close(plain, with: newest, for: place)
    }

    /// Opens what one of the keys sealed.
    ///
    /// - Throws: ``SealError``, or ``SignatureError`` when OpenSSL fails.
    package func open(_ sealed: Data, for place: String) throws -> Data {
        guard let id = Seal.keyID(of: sealed) else { throw SealError.damaged }
        guard let key = keys.first(where: { $0.id == id }) else { throw SealError.missingKey(id) }
        return try Seal.open(sealed, with: key, for: place)
    }
}
