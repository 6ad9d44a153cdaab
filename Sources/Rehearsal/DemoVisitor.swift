import Bellhop
import Foundation
import HTTPCore
import HTTPTransport
import Replay
import Signature

/// Knocks at the door with every sample, then with a duplicate and a forgery of the first.
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
        let transport = CurlTransport()
        let result: [Visit]
        do {
            result = try await deliverAll(over: transport)
        } catch {
            await transport.close()
            throw error
        }
        await transport.close()
        return result
    }

    private func deliverAll(over transport: any Transport) async throws -> [Visit] {
        var visits: [Visit] = []
        var deliveries = try plan(forgeries: 0).deliveries().makeIterator()
        for sample in samples {
            guard let delivery = deliveries.next() else { break }
            visits.append(try await visit(delivery, as: sample.demoName, over: transport))
        }
        if var again = try plan(forgeries: 0).deliveries().first(where: { _ in true }), let first = samples.first {
            again.kind = .duplicate
            visits.append(try await visit(again, as: first.demoName, over: transport))
        }
        if let forged = try plan(forgeries: 1).deliveries().first(where: { _ in true }), let first = samples.first {
            visits.append(try await visit(forged, as: first.demoName, over: transport))
        }
        return visits
    }

    /// Ids follow from the files, so the same plan twice gives duplicates.
    private func plan(forgeries: Double) -> ReplayPlan {
        ReplayPlan(samples: samples, shop: shop, secret: secret, forgeries: forgeries, ids: .stable, seed: 1)
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
