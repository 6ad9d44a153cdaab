import Bellhop
import Cryptography
import Foundation

/// The secrets that can vouch for a request, by sender.
struct TrustedSecrets: Sendable {
    private struct Member: Sendable {
        var secret: SigningSecret
        var voucher: Voucher
    }

    /// Bodies up to this size are tried with every secret. Anybody can send a body to be hashed, so beyond it only
    /// those are tried that would be believed.
    private static let triedByAll = 256 << 10

    private let members: [SenderKind: [Member]]

    init(_ secrets: [SenderSecret]) {
        members = Dictionary(grouping: secrets, by: \.sender).mapValues { secrets in
            // The same secret may be listed for several shops: it is tried once and speaks for all of them.
            let distinct = secrets.map(\.secret).reduce(into: [SigningSecret]()) { list, secret in
                if !list.contains(secret) { list.append(secret) }
            }
            return distinct.map { secret in
                let scopes = secrets.filter { $0.secret == secret }.map(\.shops)
                return Member(secret: secret, voucher: Voucher(fingerprint: secret.fingerprint, scopes: scopes))
            }
        }
    }

    /// The secret under which the code is that of the body, or `nil` when there is none. For a large body there is none
    /// also when it does not cover the shop.
    ///
    /// - Parameter shop: the one that the request claims, if it names one.
    func voucher(
        for code: MessageCode, of body: Data, from sender: SenderKind, claiming shop: Shop?
    ) throws -> Voucher? {
        let members = members[sender, default: []].filter { body.count <= Self.triedByAll || $0.voucher.covers(shop) }
        let secret = try SecretRing(members.map(\.secret)).secret(verifying: code, of: body)
        return members.first { $0.secret == secret }?.voucher
    }
}

/// A secret that matched: its name for the counters, and the shops it may speak for.
struct Voucher: Sendable, Hashable {
    var fingerprint: String
    var scopes: [ShopScope]

    /// - Parameter shop: `nil` for none that can be read.
    func covers(_ shop: Shop?) -> Bool {
        scopes.contains { $0 == .any || shop.map($0.covers) == true }
    }
}
