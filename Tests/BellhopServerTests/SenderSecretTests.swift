import Bellhop
import BellhopConfiguration
import BellhopServer
import Cryptography
import Listener
import Testing

@Suite struct SenderSecretTests {
    private func load(_ text: String?) throws -> [SenderSecret] {
        try SenderSecret.load([], environment: text.map { ["SHOPIFY_API_SECRET": $0] } ?? [:])
    }

    @Test(arguments: [nil, "", " ", ",", " , ,\n"])
    func noSecretIsAMistakeThatNamesTheVariable(text: String?) throws {
        do {
            _ = try load(text)
            Issue.record("no secret was accepted")
        } catch let error as ConfigurationError {
            #expect(error.description.contains("SHOPIFY_API_SECRET is not set"))
        }
    }

    @Test func severalSecretsAreKeptInTheirOrderWithoutSpaceAroundThem() throws {
        let secrets = try load(" new ,, old\n")
        #expect(secrets.map(\.id) == ["shopify", "shopify-2"])
        #expect(secrets.map(\.secret) == [SigningSecret("new"), SigningSecret("old")])
    }

    @Test(arguments: ["new\nold", "new,o\u{0}ld", "new\u{7F}"])
    func aSecretWithAControlCharacterIsAMistakeWithoutTheSecret(text: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try load(text) }
        #expect(error.description.contains("SHOPIFY_API_SECRET has a line break"))
        #expect(!error.description.contains("new"))
    }

    @Test func aSecretWithShopsSpeaksForThemAlone() throws {
        let source = Settings.SecretSource(id: "one", variable: "ONE", shops: ["kelp-and-cotton.myshopify.com"])
        let secret = try #require(try SenderSecret.load([source], environment: ["ONE": "x"]).first)
        guard case .only(let shops) = secret.shops else {
            Issue.record("the secret speaks for any shop")
            return
        }
        #expect(shops.map(\.domain) == ["kelp-and-cotton.myshopify.com"])
    }

    @Test func `a shop's own secret signs for it, else the first for any shop`() throws {
        let kelp = try #require(Shop(domain: "kelp-and-cotton.myshopify.com"))
        let own = Settings.SecretSource(id: "own", variable: "OWN", shops: [kelp.domain])
        let any = Settings.SecretSource(id: "any", variable: "ANY")
        let other = Settings.SecretSource(id: "other", variable: "OTHER", shops: ["other.myshopify.com"])
        #expect(SenderSecret.variable(for: kelp, among: []) == "SHOPIFY_API_SECRET")
        #expect(SenderSecret.variable(for: kelp, among: [any, other, own]) == "OWN")
        #expect(SenderSecret.variable(for: kelp, among: [other, any]) == "ANY")
        #expect(SenderSecret.variable(for: kelp, among: [other]) == nil)
    }

    @Test func aShopThatIsNoHostNameIsAMistakeWithoutTheSecret() throws {
        let source = Settings.SecretSource(id: "one", variable: "ONE", shops: ["not a host"])
        do {
            _ = try SenderSecret.load([source], environment: ["ONE": "hush"])
            Issue.record("the shop was accepted")
        } catch let error as ConfigurationError {
            #expect(error.description.contains("one"))
            #expect(!error.description.contains("hush"))
        }
    }
}
