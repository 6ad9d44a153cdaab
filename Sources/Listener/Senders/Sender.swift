import Cryptography
import HTTPTypes

/// One way in which webhooks arrive: which headers carry what, and how the signature is written.
struct Sender: Sendable {
    var kind: SenderKind
    var signatureHeader: HTTPField.Name
    /// Reads the signature header; `nil` when it is malformed.
    var signature: @Sendable (String) -> MessageCode?
    var headers: IdentityHeaders

    /// In the order they are tried: a request with the signature header of the first is the first's.
    static let known: [Sender] = [.shopifyEvents, .shopifyWebhooks].compactMap { $0 }

    /// The sender whose signature header the request carries, and that header's value.
    ///
    /// - Throws: `.signatureMissing` when there is none, `.signatureMalformed` when it is there twice or cannot be
    ///   read.
    static func identify(_ fields: HTTPFields) throws(Refusal) -> (sender: Sender, code: MessageCode) {
        for sender in known {
            var found = fields.lazy.filter { $0.name == sender.signatureHeader }.makeIterator()
            guard let field = found.next() else { continue }
            guard found.next() == nil, let code = sender.signature(field.value) else {
                throw .signatureMalformed
            }
            return (sender, code)
        }
        throw .signatureMissing
    }
}

/// The lower-case names of the headers that say what a delivery is.
struct IdentityHeaders: Sendable {
    /// The parts of the topic, joined by a slash: one header with the whole of it, or resource and action.
    var topic: [String]
    var shop: String
    var webhookID: String
    var eventID: String?
    var apiVersion: String
    var triggeredAt: String

    var all: [String] {
        topic + [shop, webhookID, apiVersion, triggeredAt] + (eventID.map { [$0] } ?? [])
    }
}
