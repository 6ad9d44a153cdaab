import Bellhop
import Cryptography
import Foundation
import HTTPTypes
import HummingbirdCore
import InboxCore
import Logging

/// Takes one webhook in: verifies, identifies, stores. In this order; nothing is read before the signature holds but
/// what is needed to check it, the shop among it, whose secrets are tried.
struct Intake: Sendable {
    var inbox: any Inbox
    /// Asked for each delivery.
    var bindings: @Sendable () -> TopicBindings
    var secrets: TrustedSecrets
    var counters: DoorCounters
    var refusals: RefusalLedger
    var now: @Sendable () -> Date
    var logger: Logger

    /// - Parameter body: given away, so that it need not be kept while it is being stored.
    /// - Returns: that the delivery is on stable storage.
    /// - Throws: a ``Refusal``.
    func take(_ body: consuming Data, headers: HTTPFields, from sender: Sender, code: MessageCode) async throws(Refusal)
        -> Acceptance
    {
        let kept = KeptHeaders(headers)
        let claimed = kept[sender.headers.shop].flatMap { Shop(domain: $0) }
        guard let voucher = try voucher(for: code, of: body, from: sender, claiming: claimed) else {
            throw .signatureWrong
        }
        guard !body.isEmpty else { throw .bodyEmpty }
        let receivedAt = now()
        let identity = try Identity(kept, as: sender.headers, receivedAt: receivedAt)
        guard voucher.covers(identity.shop) else { throw .shopNotCovered }
        let holdReason = try holdReason(for: identity, body: body)
        let acceptance = try await store(
            try delivery(identity, headers: kept, body: consume body, from: sender, at: receivedAt),
            holdReason: holdReason)
        counters.count(acceptance, vouchedBy: voucher.fingerprint)
        refusals.accepted(identity.shop)
        return acceptance
    }

    private func voucher(
        for code: MessageCode, of body: Data, from sender: Sender, claiming shop: Shop?
    ) throws(Refusal) -> Voucher? {
        do {
            return try secrets.voucher(for: code, of: body, from: sender.kind, claiming: shop)
        } catch {
            throw refusal(for: error)
        }
    }

    /// - Returns: why a person has to look before anything is done; `nil` when nothing speaks against it.
    private func holdReason(for identity: Identity, body: Data) throws(Refusal) -> String? {
        guard Topic.obliged.contains(identity.topic) else { return nil }
        switch BodyShop(named: body, under: identity.topic, claiming: identity.shop) {
        case .same: return nil
        case .another: throw .shopMismatch
        case .unproven: return BodyShop.holdReason
        }
    }

    private func delivery(
        _ identity: Identity, headers: KeptHeaders, body: consuming Data, from sender: Sender, at receivedAt: Date
    ) throws(Refusal) -> Delivery {
        let scan = PayloadScan(copy body, seekingOrder: ResourceVersion.isOfOrder(identity.topic))
        let about = ResourceVersion(
            topic: identity.topic, scan: scan, headers: headers, triggeredAt: identity.triggeredAt)
        do {
            let hash = try SHA256.digest(of: body)
            return Delivery(
                sender: sender.kind.rawValue, shop: identity.shop, topic: identity.topic,
                webhookID: identity.webhookID, eventID: identity.eventID, apiVersion: identity.apiVersion,
                triggeredAt: identity.triggeredAt, resource: about.resource, version: about.version,
                headers: headers.values, body: consume body, bodyHash: hash, receivedAt: receivedAt)
        } catch {
            throw refusal(for: error)
        }
    }

    private func store(_ delivery: consuming Delivery, holdReason: String?) async throws(Refusal) -> Acceptance {
        do {
            let handlers = bindings().handlers(for: delivery.topic)
            return try await inbox.accept(consume delivery, handlers: handlers, holdReason: holdReason)
        } catch {
            throw refusal(for: error)
        }
    }

    /// Whatever goes wrong on our side, the sender is asked to come again.
    private func refusal(for error: any Error) -> Refusal {
        let code = (error as? InboxError)?.code
        logger.debug("Could not take a webhook in", metadata: ["code": "\(code?.rawValue ?? "unknown")"])
        return switch code {
        case .overloaded: .overloaded
        case .closed: .stopping
        default: .storageFailed
        }
    }
}
