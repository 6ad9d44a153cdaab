import Foundation

@testable import Cryptography

extension FuzzTarget {
    /// Bytes from the storage: what was not sealed by us is refused, and what was comes back in its own place only.
    static let sealed = FuzzTarget(name: "sealed") { data in
        let key = try StorageKey(bytes: Data(0..<32))
        do {
            _ = try Seal.open(data, with: key, for: "bodies/1")
            throw BrokenProperty(description: "a stranger's bytes are opened")
        } catch SealError.damaged {
            // As it should be: nobody finds a tag of 128 bits by chance.
        }
        let sealed = try Seal.close(data, with: key, for: "bodies/1")
        try require(sealed.count == data.count + Seal.overhead, "sealing adds another number of bytes")
        try require(try Seal.open(sealed, with: key, for: "bodies/1") == data, "sealed bytes come back as others")
        try require((try? Seal.open(sealed, with: key, for: "bodies/2")) == nil, "sealed bytes may be moved")
        var damaged = sealed
        damaged[damaged.startIndex + Int(data.first ?? 0) % damaged.count] ^= 1 << ((data.last ?? 0) % 8)
        try require((try? Seal.open(damaged, with: key, for: "bodies/1")) == nil, "damaged bytes are opened")
    }
}
