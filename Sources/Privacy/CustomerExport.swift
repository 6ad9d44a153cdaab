import Bellhop
import Foundation
import InboxCore

/// Writes what is kept about a customer into files, each of a size that can be held in memory.
struct CustomerExport {
    /// A file is closed once it holds as much.
    private static let fileBytes = 8 << 20

    let request: PrivacyRequest
    let store: any PrivacyStore
    let now: @Sendable () -> Date

    private struct File: Encodable {
        var request: String
        var shop: String
        var requestedAt: Date
        var madeAt: Date
        var part: Int
        var records: [PersonalRecord]
    }

    /// - Throws: what the store throws.
    func make() async throws {
        var part = 1
        var records: [PersonalRecord] = []
        var bytes = 0
        var position: Int64? = 0
        while let start = position {
            try Task.checkCancellation()
            let step = try await store.records(for: request, after: start)
            records += step.records
            bytes += step.records.map(\.roughBytes).reduce(0, +)
            position = step.next
            if bytes >= Self.fileBytes, position != nil {
                try await keep(records, part: part)
                (part, records, bytes) = (part + 1, [], 0)
            }
        }
        try await keep(records, part: part)
    }

    private func keep(_ records: [PersonalRecord], part: Int) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        let file = File(
            request: request.deliveryID, shop: request.shop.domain, requestedAt: request.requestedAt, madeAt: now(),
            part: part, records: records)
        try await store.keepExport(try encoder.encode(file), part: part, of: request, at: now())
    }
}

extension PersonalRecord {
    /// About as much as it takes in a file.
    fileprivate var roughBytes: Int {
        let body = payload.flatMap { try? $0.canonicalData().count } ?? rawPayload?.utf8.count ?? 0
        return 1000 + body
    }
}
