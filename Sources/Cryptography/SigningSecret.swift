import Foundation

/// A secret that a sender shares with us. It never shows its value.
package struct SigningSecret: Sendable, Hashable {
    /// Bytes and not text: two spellings of the same letters are two keys.
    let bytes: [UInt8]

    /// - Parameter text: the secret; its UTF-8 bytes are the key.
    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Eight hex digits that tell secrets apart in logs and give nothing of them away.
    package var fingerprint: String {
        let digest = try? SHA256.digest(of: Data("bellhop signing secret\0".utf8) + bytes)
        return digest.map { Hexadecimal.encode($0.prefix(4)) } ?? "unknown"
    }
}

extension SigningSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        "SigningSecret(\(fingerprint))"
    }

    package var debugDescription: String {
        description
    }

    package var customMirror: Mirror {
        Mirror(self, children: ["fingerprint": fingerprint])
    }
}
