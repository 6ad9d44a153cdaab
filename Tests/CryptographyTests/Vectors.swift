import Foundation
import Testing

/// A message with the code that Python's `hmac` gives it.
struct Vector: Sendable, CustomTestStringConvertible {
    var name: String
    var secret = Vector.shopSecret
    var body: Data
    var base64: String
    var hex: String

    var testDescription: String { name }

    static let shopSecret = "shpss_test_4f1d2c3b"

    static let escapedSlashes = Vector(
        name: "slashes escaped as on the wire",
        body: Data(#"{"id":1,"admin_graphql_api_id":"gid:\/\/shopify\/Order\/1"}"#.utf8),
        base64: "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN+nHeWUmNCDk=",
        hex: "1bc371976d3d76b567752210675d28f0dbbc50aa53ba158dfa71de59498d0839")

    static let nonASCIIBody = Vector(
        name: "non-ASCII body",
        body: Data(#"{"name":"Zoë Grüße","city":"東京","note":"☕️ naïve"}"#.utf8),
        base64: "jp60yJ79OmK3avdSGeP1KGPtxivxZ/LJx6spRMIUawI=",
        hex: "8e9eb4c89efd3a62b76af75219e3f52863edc62bf167f2c9c7ab2944c2146b02")

    static let trailingNewline = Vector(
        name: "trailing newline",
        body: Data("{\"shop_id\":954889,\"shop_domain\":\"kelp-and-cotton.myshopify.com\"}\n".utf8),
        base64: "UxyMM2HM6UrP0ztoQPcOy5lB82q2Qi9QW78hI9pQsVA=",
        hex: "531c8c3361cce94acfd33b6840f70ecb9941f36ab6422f505bbf2123da50b150")

    static let all = [
        Vector(
            name: "empty body",
            body: Data(),
            base64: "WHme3icxBs1+ccrKShHeeUVoLCSOa3fGKytwHh2pygo=",
            hex: "58799ede273106cd7e71caca4a11de7945682c248e6b77c62b2b701e1da9ca0a"),
        escapedSlashes,
        nonASCIIBody,
        trailingNewline,
        Vector(
            name: "non-ASCII secret",
            secret: "schlüssel-€-secret",
            body: Data(#"{"ok":true}"#.utf8),
            base64: "li6Pe3qU3kJPMts27lqUzSmpQ6484XylA+fz80R0kEQ=",
            hex: "962e8f7b7a94de424f32db36ee5a94cd29a943ae3ce17ca503e7f3f344749044"),
        Vector(
            name: "Judge.me review",
            secret: "judgeme_oauth_secret_77",
            body: Data(
                (#"{"review":{"id":465077653,"rating":2},"event":"review/created","#
                    + #""shop_domain":"kelp-and-cotton.myshopify.com","platform":"shopify"}"#).utf8),
            base64: "RCgQUBe53A8AD46E9L13hcF+smtbwkeM3fwgQGmn748=",
            hex: "4428105017b9dc0f000f8e84f4bd7785c17eb26b5bc2478cddfc204069a7ef8f"),
        published(secret: "secret", base64: "yCGX/RrK4fcuNtr3ztk5tQGsOBjcAzHpGLdMUrbV8yI="),
        published(secret: "old_secret", base64: "XqRcjrSv57VACn6apEO9znyu/wkN1VC7QxdSPwK3Hzs="),
    ]

    /// From the tests of Shopify's own gem.
    private static func published(secret: String, base64: String) -> Vector {
        let hex = Data(base64Encoded: base64).map { $0.map { String(format: "%02x", $0) }.joined() }
        return Vector(
            name: "published, \(secret)", secret: secret, body: Data("foo=anything".utf8), base64: base64,
            hex: hex ?? "")
    }

    /// A whole order as Shopify sends it: no byte may be touched.
    static func order() throws -> Data {
        try Data(contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: fixture))
    }

    private static let fixture = "Fixtures/orders-create.wire.json"
}
