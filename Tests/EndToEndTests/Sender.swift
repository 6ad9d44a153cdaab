import Bellhop
import Cryptography
import Foundation
import HTTPCore
import HTTPTransport
import Replay

/// Sends signed deliveries to a server and remembers which were acknowledged.
struct Sender {
    let transport: any Transport
    let sample: SampleFile
    private let shop: Shop
    private let signature: DeliverySignature

    /// - Parameter topic: instead of the one that the path tells.
    init(sample path: String, topic: Topic? = nil, transport: any Transport) throws {
        let paths = [Project.root.appending(path: path).path]
        guard let sample = try SampleLibrary.load(paths: paths, topic: topic).first,
            let shop = Shop(domain: "kelp-and-cotton.myshopify.com")
        else { throw CocoaError(.fileNoSuchFile) }
        self.sample = sample
        self.shop = shop
        self.transport = transport
        signature = try DeliverySignature.genuine(sample.body, secret: SigningSecret(Program.secret))
    }

    /// - Returns: the webhook id when the server answered 200, else `nil`.
    func deliver(to url: String) async -> String? {
        let ids = DeliveryIDs(webhook: UUID(), event: UUID())
        guard let response = try? await send(ids, to: url), response.status == 200 else { return nil }
        return ids.webhook.uuidString.lowercased()
    }

    /// Sends one delivery; again under the same ids it is the same one.
    func send(_ ids: DeliveryIDs, to url: String) async throws -> TransportResponse {
        let delivery = SignedDelivery(
            sample, signature: signature, shop: shop, apiVersion: "2026-10", ids: ids, kind: .genuine,
            triggeredAt: Date())
        return try await transport.send(
            TransportRequest(.post, url: url, headers: delivery.headers, body: delivery.body))
    }
}
