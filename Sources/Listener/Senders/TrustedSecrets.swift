import Bellhop
import Cryptography
import Foundation

/// The secrets that can vouch for a request, by sender.
struct TrustedSecrets: Sendable {
    private struct Group: Sendable {
        var ring: SecretRing
        var members: [(secret: SigningSecret, voucher: Voucher)]
    }

    private let groups: [SenderKind: Group]

    init(_ secrets: [SenderSecret]) {
        groups = Dictionary(grouping: secrets, by: \.sender).mapValues { secrets in
            // The same secret may be listed for several shops: it is tried once and speaks for all of them.
            let distinct = secrets.map(\.secret).reduce(into: [SigningSecret]()) { list, secret in
                if !list.contains(secret) { list.append(secret) }
            }
            return Group(
                ring: SecretRing(distinct),
                members: distinct.map { secret in
                    let scopes = secrets.filter { $0.secret == secret }.map(\.shops)
                    return (secret, Voucher(fingerprint: secret.fingerprint, scopes: scopes))
                })
        }
    }

    /// The secret under which the code is that of the body, or `nil` when there is none.
    func voucher(for code: MessageCode, of body: Data, from sender: SenderKind) throws -> Voucher? {
        guard let group = groups[sender], let secret = try group.ring.secret(verifying: code, of: body) else {
            return nil
        }
        return group.members.first { $0.secret == secret }?.voucher
    }
}

/// A secret that matched: its name for the counters, and the shops it may speak for.
struct Voucher: Sendable, Hashable {
    var fingerprint: String
    var scopes: [ShopScope]

    func covers(_ shop: Shop) -> Bool {
        scopes.contains { $0.covers(shop) }
    }
}
