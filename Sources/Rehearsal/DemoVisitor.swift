import Bellhop
import Cryptography
import Foundation
import HTTPCore
import HTTPTransport
import Replay

/// Knocks at the door with every sample, then with a duplicate and a forgery of the last.
struct DemoVisitor {
    let samples: [SampleFile]
    let shop: Shop
    let secret: SigningSecret
    let url: String

    /// One delivery and the door's answer.
    struct Visit: Sendable {
        var name: String
        var topic: Topic
        var kind: SignedDelivery.Kind
        var status: Int
        /// Of the answer: `status` or `error`, and the event's id if there is one.
        var answer: String
        var eventID: String?
    }

    func deliverAll() async throws -> [Visit] {
        try await withTransport { try await deliverAll(over: $0) }
    }

    private func deliverAll(over transport: any Transport) async throws -> [Visit] {
        var visits: [Visit] = []
        for (sample, delivery) in zip(samples, try plan(samples).deliveries()) {
            visits.append(try await visit(delivery, as: sample.demoName, over: transport))
        }
        // Each is sent, then sent again: the second of the two is the duplicate.
        let last = Array(samples.suffix(1))
        for delivery in try Array(plan(last, duplicates: 1).deliveries()) + plan(last, forgeries: 1).deliveries() {
            guard delivery.kind != .genuine else { continue }
            visits.append(try await visit(delivery, as: last[0].demoName, over: transport))
        }
        return visits
    }

    /// Ids follow from the files, so the same sample is sent under the same ids each time.
    private func plan(_ samples: [SampleFile], duplicates: Double = 0, forgeries: Double = 0) -> ReplayPlan {
        ReplayPlan(
            samples: samples, shop: shop, secret: secret, duplicates: duplicates, forgeries: forgeries, ids: .stable,
            seed: 1)
    }

    private func visit(
        _ delivery: SignedDelivery, as name: String, over transport: any Transport
    ) async throws -> Visit {
        let response = try await transport.send(
            TransportRequest(.post, url: url, headers: delivery.headers, body: delivery.body))
        let body = try? JSONValue(parsing: response.body)
        return Visit(
            name: name, topic: delivery.topic, kind: delivery.kind, status: response.status,
            answer: body?["status"]?.string ?? body?["error"]?.string ?? "", eventID: body?["id"]?.string)
    }
}

extension SampleFile {
    /// For example `orders/create/high-risk`.
    fileprivate var demoName: String {
        let name = url.lastPathComponent.split(separator: ".").first.map(String.init) ?? url.lastPathComponent
        return "\(topic.rawValue)/\(name)"
    }
}
