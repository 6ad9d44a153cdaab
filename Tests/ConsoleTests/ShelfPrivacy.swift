import Bellhop
import Foundation
import InboxCore
import Synchronization

/// A store with one erasure and one answer on it, for reading alone. It remembers how much it was asked for.
final class ShelfPrivacy: PrivacyStore {
    static let export = "0199f1d2-0000-7000-8000-000000000001-1"
    static let content = Data(#"{"records": []}"#.utf8)

    static let overview = PrivacyOverview(
        erasures: [
            ErasureRecord(
                id: "0199f1d2-0000-7000-8000-000000000002", kind: .eraseCustomer, subject: "01ab", webhookID: "w",
                requestedAt: moment, finishedAt: nil, counts: ["payloads": 3])
        ],
        dataRequests: [
            DataRequestRecord(
                id: "0199f1d2-0000-7000-8000-000000000001", shop: "kelp-and-cotton.myshopify.com",
                requestedAt: moment,
                exports: [ExportRecord(id: export, bytes: content.count, expiresAt: moment + 60, openedAt: nil)],
                madeAt: moment + 1)
        ],
        unindexed: 4, storageKey: "0123abcd", isSealed: true, bytesUsed: 4096)

    private static let moment = Date(timeIntervalSince1970: 1_795_000_000)

    /// It is asked for nothing else.
    struct NotOnTheShelf: Error {}

    private let asked = Mutex<[Int]>([])

    var limits: [Int] { asked.withLock { $0 } }

    func overview(limit: Int) async throws -> PrivacyOverview {
        asked.withLock { $0.append(limit) }
        return Self.overview
    }

    func record(of deliveryID: String) async throws -> PrivacyRecord? {
        Self.overview.erasures.first { $0.id == deliveryID }.map(PrivacyRecord.erasure)
            ?? Self.overview.dataRequests.first { $0.id == deliveryID }.map(PrivacyRecord.dataRequest)
    }

    func openExport(_ id: String, at now: Date) async throws -> Data {
        guard id == Self.export else { throw InboxError(.notFound, "there is no export with this id") }
        return Self.content
    }

    func indexNext(_ reading: @escaping @Sendable (Delivery) -> SubjectReading) async throws -> Bool {
        throw NotOnTheShelf()
    }

    func isIndexed(through deliveryID: String) async throws -> Bool { throw NotOnTheShelf() }

    func begin(_ request: PrivacyRequest) async throws { throw NotOnTheShelf() }

    func eraseNext(for request: PrivacyRequest, at now: Date) async throws -> Bool { throw NotOnTheShelf() }

    func conclude(_ request: PrivacyRequest, at now: Date) async throws { throw NotOnTheShelf() }

    func complete(_ deliveryID: String, at now: Date) async throws { throw NotOnTheShelf() }

    func records(
        for request: PrivacyRequest, after position: Int64
    ) async throws -> (records: [PersonalRecord], next: Int64?) { throw NotOnTheShelf() }

    func keepExport(_ content: Data, part: Int, of request: PrivacyRequest, at now: Date) async throws {
        throw NotOnTheShelf()
    }

    func exported(_ request: PrivacyRequest, at now: Date) async throws { throw NotOnTheShelf() }

    func uninstall(_ shop: Shop, at moment: Date, deliveryID: String) async throws -> Int { throw NotOnTheShelf() }

    func deleteNext(_ what: Retained, olderThan moment: Date, after position: Int64) async throws -> Int64? {
        throw NotOnTheShelf()
    }

    func shrink(to bytes: Int, after position: Int64) async throws -> Int64? { throw NotOnTheShelf() }

    func deleteExpiredExports(at now: Date) async throws { throw NotOnTheShelf() }

    func resealNext() async throws -> Bool { throw NotOnTheShelf() }

    func scrub() async throws -> Bool { throw NotOnTheShelf() }
}
