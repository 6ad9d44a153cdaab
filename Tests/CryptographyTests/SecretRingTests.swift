import Cryptography
import Foundation
import Testing

@Suite struct SecretRingTests {
    static let old = SigningSecret(Vector.shopSecret)
    static let new = SigningSecret("shpss_new_9a8b7c6d")
    static let body = Vector.escapedSlashes.body

    @Test(arguments: [[new, old], [old, new]])
    func eitherSecretIsAcceptedDuringARotation(secrets: [SigningSecret]) throws {
        let ring = SecretRing(secrets)
        let byOld = try #require(MessageCode(base64: Vector.escapedSlashes.base64))
        let byNew = try #require(MessageCode(base64: "WwYQqosd2v2a5so2wig52TeflRGhuLgJ/0mpaVzMzRg="))
        #expect(try ring.secret(verifying: byOld, of: Self.body) == Self.old)
        #expect(try ring.secret(verifying: byNew, of: Self.body) == Self.new)
    }

    @Test func aCodeOfNoSecretIsRefused() throws {
        let byOld = try #require(MessageCode(base64: Vector.escapedSlashes.base64))
        #expect(try SecretRing([Self.new]).secret(verifying: byOld, of: Self.body) == nil)
        #expect(try SecretRing([]).secret(verifying: byOld, of: Self.body) == nil)
    }

    @Test func aChangedBodyIsRefused() throws {
        let byOld = try #require(MessageCode(base64: Vector.escapedSlashes.base64))
        #expect(try SecretRing([Self.old]).secret(verifying: byOld, of: Self.body + [0x20]) == nil)
    }

    @Test func anEmptySecretLetsNobodyIn() throws {
        // HMAC-SHA256 of nothing under the empty key.
        let code = try #require(
            MessageCode(hex: "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"))
        #expect(try SecretRing([SigningSecret("")]).secret(verifying: code, of: Data()) == nil)
    }
}
