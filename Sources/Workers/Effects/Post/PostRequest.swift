import Bellhop
import Cryptography
import Foundation
import HTTPCore

/// The requests of a destination: what is sent, under which key, signed when. docs/effects.md describes them to
/// receivers.
struct PostRequest {
    let destination: PostDestination
    let key: String
    let now: Date

    /// - Throws: an error when the body or a signature cannot be made.
    func post(_ post: Effect.Post) throws -> TransportRequest {
        let body = try post.body.canonicalData()
        return TransportRequest(
            .post, url: destination.url, headers: try headers(signing: body) + [("Content-Type", "application/json")],
            body: body, limits: limits)
    }

    /// Asks whether the receiver has the effect. What is signed is the key.
    func ask(at address: String) throws -> TransportRequest {
        TransportRequest(
            .get, url: address.replacing("{key}", with: Self.escape(key)),
            headers: try headers(signing: Data(key.utf8)),
            limits: limits)
    }

    private var limits: TransportRequest.Limits {
        // A response is read no further than the deliverer wants, however long it says to be.
        .init(connect: min(.seconds(5), destination.timeout), total: destination.timeout, responseBytes: .max)
    }

    /// The key is a string of structured fields (RFC 9651), as draft-ietf-httpapi-idempotency-key-header wants it.
    private func headers(signing content: Data) throws -> [(name: String, value: String)] {
        let timestamp = String(Int(now.timeIntervalSince1970))
        let signed = Data("\(timestamp).".utf8) + content
        let signatures = try destination.secrets.map { "v1=\(try MessageCode.signing(signed, with: $0).hex)" }
        return [
            ("Idempotency-Key", "\"\(key)\""), ("Bellhop-Timestamp", timestamp),
            ("Bellhop-Signature", signatures.joined(separator: ",")), ("User-Agent", "bellhop"),
        ]
    }

    /// Percent-encodes all but the characters that no part of an address gives a meaning to.
    private static func escape(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            if character.isASCII, character.isLetter || character.isNumber || "-._~".contains(character) {
                return String(character)
            }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
