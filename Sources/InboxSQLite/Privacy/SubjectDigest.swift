import Bellhop
import Cryptography
import Foundation
import GRDB
import InboxCore

/// Digests of shops and subjects, keyed with the salt of this database: they can be compared here and nowhere else.
struct SubjectDigest: Sendable {
    /// Stands for the shop as a whole: every delivery has a row under it.
    static let shop = Data([0])
    /// Marks a delivery that has to be searched.
    static let unreadable = Data([5])

    private let salt: Data

    init(_ db: Database) throws {
        guard let salt = try Data.fetchOne(db.cachedStatement(sql: "SELECT value FROM subject_salt")) else {
            throw DamagedRow(column: "subject_salt")
        }
        self.salt = salt
    }

    /// The column `shop` of `subjects`.
    func number(of shop: Shop) throws -> Int64 {
        Int64(bitPattern: try digest("shop", shop.domain).prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// The column `subject`: its kind and 128 bits.
    func bytes(of subject: Subject) throws -> Data {
        Data([subject.kind.rawValue]) + (try digest("\(subject.kind)", subject.value).prefix(16))
    }

    /// What stands for a shop whose name is erased. It has the form of a host name.
    func pseudonym(of shop: Shop) throws -> Shop {
        let number = UInt64(bitPattern: try number(of: shop))
        guard let pseudonym = Shop(domain: "erased-\(String(number, radix: 16)).invalid") else {
            throw DamagedRow(column: "shop")
        }
        return pseudonym
    }

    /// What a proof names a request's subject by: the customer if it is known, else what else is.
    func proof(of request: PrivacyRequest) throws -> Data {
        let subject = request.subjects.min { ($0.kind.rawValue, $0.value) < ($1.kind.rawValue, $1.value) }
        return try subject.map { try bytes(of: $0) } ?? Data([0]) + digest("shop", request.shop.domain).prefix(16)
    }

    private func digest(_ kind: String, _ value: String) throws -> Data {
        try SHA256.digest(of: salt + Data("\(kind)\0\(value)".utf8))
    }
}
