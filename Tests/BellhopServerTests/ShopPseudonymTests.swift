import Bellhop
import Cryptography
import Listener
import Testing

@testable import BellhopServer

@Suite struct ShopPseudonymTests {
    private func name(_ domain: String, secrets: [String] = ["a secret"]) throws -> String? {
        let secrets = secrets.map { SenderSecret(id: $0, secret: SigningSecret($0)) }
        return ShopPseudonym(secrets)(try #require(Shop(domain: domain)))
    }

    @Test func `a shop keeps its pseudonym, and no other has it`() throws {
        let name = try #require(try name("kelp.example.com"))
        #expect(try self.name("kelp.example.com", secrets: ["a secret", "an older one"]) == name)
        #expect(try self.name("cotton.example.com") != name)
        #expect(try self.name("kelp.example.com", secrets: ["another secret"]) != name)
    }

    @Test func `it says nothing of the shop`() throws {
        let name = try #require(try name("kelp.example.com"))
        #expect(name.utf8.count == 32)
        #expect(name.allSatisfy { $0.isHexDigit })
    }

    @Test func `without a secret there is none`() throws {
        #expect(try name("kelp.example.com", secrets: []) == nil)
    }
}
