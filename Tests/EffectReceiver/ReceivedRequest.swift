import Cryptography
package import Foundation
import HTTPTypes
import Hummingbird

/// A request as a receiver of effects saw it.
package struct ReceivedRequest: Sendable {
    package var method: String
    package var path: String
    /// Names in lower case.
    package var headers: [String: String]
    package var body: Data

    init(_ request: Request, body: Data) {
        method = request.method.rawValue
        path = request.uri.path
        headers = Dictionary(
            request.headers.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { first, _ in first })
        self.body = body
    }

    /// Without the quotes of a structured field.
    package var key: String? {
        headers["idempotency-key"].map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"")) }
    }

    /// Whether one of the signatures was made with this secret, over the time and the body, or for a question the key:
    /// what docs/effects.md asks a receiver to check.
    package func isSigned(with secret: String) throws -> Bool {
        guard let timestamp = headers["bellhop-timestamp"], let list = headers["bellhop-signature"] else {
            return false
        }
        let content = method == "GET" ? Data((key ?? "").utf8) : body
        let code = try MessageCode.signing(Data("\(timestamp).".utf8) + content, with: SigningSecret(secret))
        return list.split(separator: ",").contains { part in
            part.hasPrefix("v1=") && MessageCode(hex: String(part.dropFirst(3))) == code
        }
    }
}
