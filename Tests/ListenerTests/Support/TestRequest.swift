import Cryptography
import Foundation

/// A request as bytes on the wire, signed unless a test takes the signature away.
struct TestRequest: Sendable {
    var method = "POST"
    var target = "/webhooks"
    var headers: [(name: String, value: String)]
    var body: Data
    /// Sizes of the chunks to send the body in; `nil` for a content length.
    var chunks: Int?

    static let secret = SigningSecret("a-secret-for-tests")
    static let shop = "kelp-and-cotton.myshopify.com"

    /// A classic webhook.
    static func classic(
        _ topic: String = "orders/create", shop: String = shop, id: String = "webhook-1",
        body: Data = Data(#"{"id":820982911946154508}"#.utf8), secret: SigningSecret = secret
    ) throws -> TestRequest {
        TestRequest(
            headers: [
                ("Content-Type", "application/json"), ("X-Shopify-Topic", topic), ("X-Shopify-Shop-Domain", shop),
                ("X-Shopify-Webhook-Id", id), ("X-Shopify-Event-Id", "event-1"), ("X-Shopify-Api-Version", "2026-10"),
                ("X-Shopify-Triggered-At", "2026-11-18T17:42:17.123456789Z"),
                ("X-Shopify-Hmac-Sha256", try MessageCode.signing(body, with: secret).base64),
            ], body: body)
    }

    /// A next-generation event.
    static func event(
        _ resource: String = "Product", action: String = "update", body: Data = Data(#"{"topic":"Product"}"#.utf8)
    ) throws -> TestRequest {
        TestRequest(
            headers: [
                ("content-type", "application/json"), ("shopify-topic", resource), ("shopify-action", action),
                ("shopify-shop-domain", shop), ("shopify-webhook-id", "webhook-2"),
                ("shopify-api-version", "2026-10"), ("shopify-handle", "towel-price-watch"),
                ("shopify-hmac-sha256", try MessageCode.signing(body, with: secret).base64),
            ], body: body)
    }

    static func get(_ target: String, method: String = "GET") -> TestRequest {
        TestRequest(method: method, target: target, headers: [], body: Data())
    }

    func with(_ change: (inout TestRequest) -> Void) -> TestRequest {
        var copy = self
        change(&copy)
        return copy
    }

    func without(_ name: String) -> TestRequest {
        with { $0.headers.removeAll { $0.name.lowercased() == name.lowercased() } }
    }

    func setting(_ name: String, to value: String) -> TestRequest {
        with { request in
            for index in request.headers.indices where request.headers[index].name.lowercased() == name.lowercased() {
                request.headers[index].value = value
            }
        }
    }

    func adding(_ name: String, _ value: String) -> TestRequest {
        with { $0.headers.append((name, value)) }
    }

    var head: Data {
        let framing = chunks == nil ? "Content-Length: \(body.count)" : "Transfer-Encoding: chunked"
        let lines =
            ["\(method) \(target) HTTP/1.1", "Host: localhost"] + headers.map { "\($0.name): \($0.value)" } + [framing]
        return Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    var bytes: Data {
        guard let chunks else { return head + body }
        var bytes = head
        var rest = body
        while !rest.isEmpty {
            let chunk = rest.prefix(chunks)
            bytes += Data("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Data("\r\n".utf8)
            rest = Data(rest.dropFirst(chunk.count))
        }
        return bytes + Data("0\r\n\r\n".utf8)
    }
}
