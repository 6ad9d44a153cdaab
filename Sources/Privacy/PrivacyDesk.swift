import Bellhop
package import Foundation
package import InboxCore
package import Logging

/// Answers the webhooks by which Shopify passes on people's rights, as a handler of Bellhop's own: it needs no
/// subscription, and a subscription to one of its topics adds another handler beside it.
///
/// A request never dies: what keeps it from going on makes it wait.
package struct PrivacyDesk: Sendable {
    /// The job that each delivery of ``Bellhop/Topic/obliged`` gets.
    package static let plan = JobPlan(PrivacyHandler.id, priority: 9)

    private let store: any PrivacyStore
    private let logger: Logger
    private let now: @Sendable () -> Date

    package init(
        store: any PrivacyStore, logger: Logger, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.store = store
        self.logger = logger
        self.now = now
    }

    /// Does what a delivery asks for.
    ///
    /// - Throws: when cancelled; the job begins again where it was.
    package func run(_ claim: Claim) async throws(CancellationError) -> JobResult.Outcome {
        do {
            return try await answer(claim)
        } catch let error as CancellationError {
            throw error
        } catch let delay as PrivacyDelay {
            return wait(claim, because: delay.reason)
        } catch {
            logger.error(
                "a privacy request waits", metadata: ["error": "\((error as? InboxError)?.code.rawValue ?? "?")"])
            return wait(claim, because: "the storage does not answer; it goes on by itself")
        }
    }

    private func answer(_ claim: Claim) async throws -> JobResult.Outcome {
        // No sender gets past the door without a body: it is this request that has erased it.
        guard !claim.delivery.body.isEmpty else {
            try await store.complete(claim.deliveryID, at: now())
            return .done(effects: [])
        }
        let delivery = claim.delivery
        guard let body = RequestBody(delivery), body.bearsOut(delivery.topic, of: delivery.shop) else {
            return .held(reason: Self.notBorneOut)
        }
        return switch delivery.topic {
        case "customers/redact": try await about(body.subjects, claim, .eraseCustomer, erase)
        case "customers/data_request": try await about(body.subjects, claim, .exportCustomer, export)
        case "shop/redact": try await erase(request(claim, .eraseShop, about: []))
        case "app/uninstalled": try await uninstall(claim)
        default: .held(reason: "this is no topic of Bellhop's own")
        }
    }

    private static let notBorneOut = """
        headers are not signed, and the body does not bear out the topic and the shop that they name: nothing was done, and \
        running it again changes nothing; ask the shop, and if it is real have it sent again
        """

    private func about(
        _ subjects: Set<Subject>, _ claim: Claim, _ kind: PrivacyRequest.Kind,
        _ body: (PrivacyRequest) async throws -> JobResult.Outcome
    ) async throws -> JobResult.Outcome {
        guard !subjects.isEmpty else {
            return .held(reason: "the request names no customer and no order; see what Shopify's admin says about it")
        }
        return try await body(request(claim, kind, about: subjects))
    }

    private func request(
        _ claim: Claim, _ kind: PrivacyRequest.Kind, about subjects: Set<Subject>
    ) -> PrivacyRequest {
        PrivacyRequest(
            kind, deliveryID: claim.deliveryID, shop: claim.delivery.shop, webhookID: claim.delivery.webhookID,
            requestedAt: claim.delivery.receivedAt, subjects: subjects)
    }

    private func erase(_ request: PrivacyRequest) async throws -> JobResult.Outcome {
        try await begin(request)
        while try await store.eraseNext(for: request, at: now()) { try Task.checkCancellation() }
        try await store.conclude(request, at: now())
        logger.notice(
            "erased on request", metadata: ["event": "\(request.deliveryID)", "kind": "\(request.kind.rawValue)"])
        return .done(effects: [])
    }

    private func export(_ request: PrivacyRequest) async throws -> JobResult.Outcome {
        try await begin(request)
        try await CustomerExport(request: request, store: store, now: now).make()
        try await store.exported(request, at: now())
        logger.notice("a customer's data is exported", metadata: ["event": "\(request.deliveryID)"])
        return .done(effects: [])
    }

    /// Brings the index up to the request, so that nothing that came before it is missed.
    private func begin(_ request: PrivacyRequest) async throws {
        while try await !store.isIndexed(through: request.deliveryID) {
            try Task.checkCancellation()
            _ = try await store.indexNext(SubjectReader.read)
        }
        try await store.begin(request)
    }

    private func uninstall(_ claim: Claim) async throws -> JobResult.Outcome {
        let held = try await store.uninstall(
            claim.delivery.shop, at: claim.delivery.happenedAt, deliveryID: claim.deliveryID)
        logger.notice("the app was uninstalled", metadata: ["event": "\(claim.deliveryID)", "held": "\(held)"])
        return .done(effects: [])
    }

    /// Soon while the request is young, then at leisure.
    private func wait(_ claim: Claim, because reason: String) -> JobResult.Outcome {
        let age = now().timeIntervalSince(claim.delivery.receivedAt)
        return .wait(until: now() + min(max(1, age / 10), 300), reason: reason)
    }
}

extension PrivacyDelay {
    fileprivate var reason: String {
        switch self {
        case .missingKey(let id):
            "payloads that have to be searched are sealed with the storage key \(id), which is missing; add the key to "
                + "BELLHOP_STORAGE_KEY and restart"
        case .othersAtWork: "other work on the same data has to end first"
        case .readersAtWork: "somebody reads the database, which has to be overwritten"
        }
    }
}
