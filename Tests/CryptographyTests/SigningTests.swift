import Cryptography
import Foundation
import Testing

@Suite struct SigningTests {
    @Test(arguments: Vector.all)
    func signingGivesTheKnownCode(vector: Vector) throws {
        let code = try MessageCode.signing(vector.body, with: SigningSecret(vector.secret))
        #expect(code.base64 == vector.base64)
        #expect(code.hex == vector.hex)
        #expect(code == MessageCode(base64: vector.base64))
        #expect(code == MessageCode(hex: vector.hex))
    }

    @Test func aWholeOrderIsSignedByteByByte() throws {
        let order = try Vector.order()
        #expect(order.count == 10_962)
        let code = try MessageCode.signing(order, with: SigningSecret(Vector.shopSecret))
        #expect(code.base64 == "18OyI67FlNKWmWmwo3GXDsVUDGL/1I6EO4MibJB//GE=")
    }

    @Test func aSliceIsSignedWithoutItsSurroundings() throws {
        let vector = Vector.escapedSlashes
        let framed = Data("<<".utf8) + vector.body + Data(">>".utf8)
        let code = try MessageCode.signing(framed.dropFirst(2).dropLast(2), with: SigningSecret(vector.secret))
        #expect(code.base64 == vector.base64)
    }

    /// What a receiver that parses before it verifies would sign instead.
    @Test(
        arguments: [
            (
                Vector.escapedSlashes, #"{"id":1,"admin_graphql_api_id":"gid://shopify/Order/1"}"#,
                "60U+5eD0LmdWyfGRUFdVIF/apmoc5knVXeFIW+MjvVw="
            ),
            (
                Vector.trailingNewline, #"{"shop_id":954889,"shop_domain":"kelp-and-cotton.myshopify.com"}"#,
                "LZE6nnbC2VXzxRf8ihK+FhbvC5oVY6j2dfso68YoeX4="
            ),
        ])
    func aRewrittenBodyHasAnotherCode(vector: Vector, body: String, base64: String) throws {
        let code = try MessageCode.signing(Data(body.utf8), with: SigningSecret(vector.secret))
        #expect(code.base64 == base64)
        #expect(code != MessageCode(base64: vector.base64))
    }

    @Test func aSecretThatDiffersInOneLetterGivesAnotherCode() throws {
        let code = try MessageCode.signing(Vector.nonASCIIBody.body, with: SigningSecret("shpss_test_4f1d2c3B"))
        #expect(code.base64 == "U+EPAL0H3jfebDadLc5SzZElcfvprJrxd7ndF9c0Ecc=")
        #expect(code != MessageCode(base64: Vector.nonASCIIBody.base64))
    }

    @Test func anEmptySecretSignsNothing() {
        let error = #expect(throws: SignatureError.self) {
            try MessageCode.signing(Data("{}".utf8), with: SigningSecret(""))
        }
        #expect(error?.code == .emptySecret)
    }

    @Test func aDigestIsTheKnownOne() throws {
        let empty = try SHA256.digest(of: Data())
        #expect(
            empty.map { String(format: "%02x", $0) }.joined()
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        let order = try SHA256.digest(of: Vector.order())
        #expect(
            order.map { String(format: "%02x", $0) }.joined()
                == "cffdc4734ab5973c05294296e047a797f809d051e31b5f2a46caacfc3ebdaf2c")
    }

    @Test func manyTasksSignAtOnce() async throws {
        let order = try Vector.order()
        let codes = try await withThrowingTaskGroup(of: MessageCode.self) { group in
            for _ in 0..<200 {
                group.addTask { try MessageCode.signing(order, with: SigningSecret(Vector.shopSecret)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.count == 200)
        #expect(codes.allSatisfy { $0.base64 == "18OyI67FlNKWmWmwo3GXDsVUDGL/1I6EO4MibJB//GE=" })
    }
}
