import Foundation

@testable import Cryptography

extension FuzzTarget {
    /// Signatures as they stand in headers, and signing with secrets of any bytes.
    static let signatures = FuzzTarget(name: "signatures") { data in
        let text = String(decoding: data.prefix(200), as: UTF8.self)
        if let code = MessageCode(base64: text) {
            try require(code.base64.utf8.elementsEqual(text.utf8), "a code has two spellings")
            try require(MessageCode(hex: code.hex) == code, "a code changes in hex")
        }
        if let code = MessageCode(hex: text) {
            try require(code.hex == text.lowercased(), "a code in hex is read as another")
            try require(MessageCode(base64: code.base64) == code, "a code changes in base64")
        }
        var input = FuzzInput(data)
        let secrets = [SigningSecret(input.line()), SigningSecret(input.line()), SigningSecret("a third")]
        let message = input.rest
        for secret in secrets where !secret.bytes.isEmpty {
            let code = try MessageCode.signing(message, with: secret)
            // Zeros at its end change nothing about a key, so it may be another secret that signs the same.
            let found = try SecretRing(secrets).secret(verifying: code, of: message)
            try require(try found.map { try MessageCode.signing(message, with: $0) } == code, "no secret is found")
            try require(try SecretRing(secrets).secret(verifying: code, of: message + [0]) == nil, "a forgery passes")
            try require(secret.fingerprint.utf8.count == 8, "a secret has no name")
        }
    }
}
