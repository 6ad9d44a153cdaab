import Cryptography
import Testing

@Suite struct SigningSecretTests {
    static let text = "shpss_test_4f1d2c3b"

    @Test func noDescriptionShowsTheValue() {
        let secret = SigningSecret(Self.text)
        var dumped = ""
        dump([secret], to: &dumped)
        let shown = ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped]
        for text in shown {
            #expect(!text.contains(Self.text))
            #expect(!text.contains("115, 104, 112"), "the bytes of the value")
            #expect(text.contains(secret.fingerprint))
        }
    }

    @Test func fingerprintsTellSecretsApart() {
        let fingerprint = SigningSecret(Self.text).fingerprint
        #expect(fingerprint.count == 8)
        #expect(fingerprint.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        #expect(fingerprint == SigningSecret(Self.text).fingerprint)
        #expect(fingerprint != SigningSecret(Self.text.uppercased()).fingerprint)
    }

    @Test func secretsAreTheirBytes() {
        #expect(SigningSecret("\u{E9}") != SigningSecret("e\u{301}"), "the same letter in two spellings")
        #expect(SigningSecret(Self.text) == SigningSecret(Self.text))
    }
}
