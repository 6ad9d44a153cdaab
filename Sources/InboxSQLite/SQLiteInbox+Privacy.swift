package import Bellhop
import Cryptography
package import Foundation
import GRDB
package import InboxCore
import Logging
import ModelClient

extension SQLiteInbox: PrivacyStore {
    package func indexNext(_ reading: @escaping @Sendable (Delivery) -> SubjectReading) async throws -> Bool {
        let index = IndexReader(sealing: sealing, reading: reading)
        let command = try await reader.read { try index.next($0) }
        guard !command.entries.isEmpty else { return false }
        try await writer.submit(command)
        return true
    }

    package func isIndexed(through deliveryID: String) async throws -> Bool {
        guard let id = UUID(uuidString: deliveryID) else { throw InboxError.noDelivery }
        return try await reader.read { db in
            guard let seq = try Deliveries(db: db).seq(of: id) else { throw InboxError.noDelivery }
            return try Meta(db: db).value("indexed") >= seq
        }
    }

    package func begin(_ request: PrivacyRequest) async throws {
        try await writer.submit(BeginRequestCommand(request: request))
        guard !request.subjects.isEmpty else { return }
        let search = UnreadableSearch(request: request, sealing: sealing)
        var position: Int64? = 0
        while let start = position {
            let step = try await reader.read { try search.step($0, after: start) }
            if !step.found.isEmpty {
                try await writer.submit(LinkCommand(request: request, deliveries: step.found))
            }
            position = step.next
        }
    }

    package func eraseNext(for request: PrivacyRequest, at now: Date) async throws -> Bool {
        try await writer.submit(EraseNextCommand(request: request, now: now))
    }

    package func conclude(_ request: PrivacyRequest, at now: Date) async throws {
        let isBusy = try await reader.read { try !RequestHits(request, $0).busy().isEmpty }
        guard !isBusy else { throw PrivacyDelay.othersAtWork }
        if request.kind == .eraseShop { try await forgetShop(request) }
        try await eraseFiles(about: request)
        guard try await writer.submit(EraseRequestCommand(request: request, now: now)) else {
            throw PrivacyDelay.othersAtWork
        }
        try await complete(request.deliveryID, at: now)
    }

    package func complete(_ deliveryID: String, at now: Date) async throws {
        guard let id = UUID(uuidString: deliveryID) else { throw InboxError.noDelivery }
        guard try await writer.scrub() else { throw PrivacyDelay.readersAtWork }
        try await writer.submit(FinishErasureCommand(request: id, now: now))
    }

    private func forgetShop(_ request: PrivacyRequest) async throws {
        for table in ForgetShopCommand.Table.allCases {
            var position: Int64? = 0
            while let start = position {
                position = try await writer.submit(ForgetShopCommand(request: request, table: table, after: start))
            }
        }
    }

    private func eraseFiles(about request: PrivacyRequest) async throws {
        let exports = try await reader.read { db in
            let subjects = try request.kind == .eraseShop ? nil : Self.digests(of: request, db)
            return try DataRequests(db: db).exports(in: request.shop.domain, about: subjects)
        }
        _ = try await files.remove(exports.map(fileName))
        let backups = try await files.removeBackups()
        if backups > 0 {
            logger.notice(
                "copies of the database from before a change of its schema are removed: they held what was erased",
                metadata: ["files": "\(backups)"])
        }
        try await writer.submit(
            ForgetRequestsCommand(request: request, exports: exports, files: ["backups": backups]))
    }

    private static func digests(of request: PrivacyRequest, _ db: Database) throws -> Set<String> {
        let digest = try SubjectDigest(db)
        return Set(try request.subjects.map { try digest.bytes(of: $0).hexDigits })
    }
}

// MARK: - Answers to customers

extension SQLiteInbox {
    package func records(
        for request: PrivacyRequest, after position: Int64
    ) async throws -> (records: [PersonalRecord], next: Int64?) {
        let records = PersonalRecords(request: request, sealing: sealing)
        return try await reader.read { try records.next($0, after: position) }
    }

    package func keepExport(_ content: Data, part: Int, of request: PrivacyRequest, at now: Date) async throws {
        let id = DataRequests.exportID(of: request.deliveryID, part: part)
        let stored = sealing.isOn ? try sealing.keys.seal(content, for: Self.exportPlace(id)) : content
        try await files.keep(stored, under: fileName(id))
        let export = ExportRecord(
            id: id, bytes: content.count, expiresAt: now + DataRequests.exportLifetime, openedAt: nil)
        try await writer.submit(AddExportCommand(request: request, export: export))
    }

    package func exported(_ request: PrivacyRequest, at now: Date) async throws {
        try await writer.submit(FinishDataRequestCommand(request: request, now: now))
    }

    package func openExport(_ id: String, at now: Date) async throws -> Data {
        // An export goes by the id of its request as well, when it is all of the answer.
        let found = try await reader.read { db in
            let requests = DataRequests(db: db)
            return try requests.export(id) != nil ? id : requests.onlyExport(of: id)
        }
        guard let id = found, let stored = try await files.read(fileName(id)) else {
            throw InboxError(
                .notFound, "there is no export with this id, or its time is over; `bellhop privacy` lists them")
        }
        let content: Data
        do {
            content = Seal.marks(stored) ? try sealing.keys.open(stored, for: Self.exportPlace(id)) : stored
        } catch {
            throw InboxError(.conflict, "the export cannot be opened: \(error)")
        }
        try await writer.submit(NoteOpenedCommand(export: id, now: now))
        return content
    }

    package func deleteExpiredExports(at now: Date) async throws {
        let expired = try await reader.read { try DataRequests(db: $0).expired(at: now) }
        guard !expired.isEmpty else { return }
        _ = try await files.remove(expired.map(fileName))
        try await writer.submit(RemoveExportsCommand(exports: expired))
    }

    private static func exportPlace(_ id: String) -> String { "exports/\(id)" }

    private func fileName(_ export: String) -> String { "\(export).json" }
}

// MARK: - Upkeep

extension SQLiteInbox {
    package func uninstall(_ shop: Shop, at moment: Date, deliveryID: String) async throws -> Int {
        guard let id = UUID(uuidString: deliveryID) else { throw InboxError.noDelivery }
        let looked = try await reader.read { db -> Int64? in
            guard let seq = try Deliveries(db: db).seq(of: id) else { throw InboxError.noDelivery }
            let isBack = try AbsentShops(db: db).isBack(shop, since: Timestamp(moment), after: seq)
            return isBack ? nil : try Deliveries(db: db).last()
        }
        guard let looked else { return 0 }
        let mark = MarkAbsentCommand(shop: shop, moment: moment, lookedThrough: looked)
        guard try await writer.submit(mark) else { return 0 }
        var held = 0
        var position: Int64? = 0
        while let start = position {
            let step = try await writer.submit(HoldAbsentCommand(shop: shop, moment: moment, after: start))
            held += step.held
            position = step.next
        }
        return held
    }

    package func overview(limit: Int) async throws -> PrivacyOverview {
        let newest = sealing.keys.newest?.id
        return try await reader.read { db in
            let meta = Meta(db: db)
            let last = try Deliveries(db: db).last()
            return PrivacyOverview(
                erasures: try Erasures(db: db).list(limit: limit),
                dataRequests: try DataRequests(db: db).list(limit: limit),
                unindexed: Int(clamping: max(0, last - (try meta.value("indexed")))),
                storageKey: newest?.description,
                isSealed: try newest.map { try meta.value("sealed_with") == Int64(bitPattern: $0.number) } ?? false,
                bytesUsed: try DatabaseSize(db).bytesUsed)
        }
    }

    package func record(of deliveryID: String) async throws -> PrivacyRecord? {
        guard let id = UUID(uuidString: deliveryID) else { return nil }
        return try await reader.read { db in
            try Erasures(db: db).erasure(id).map(PrivacyRecord.erasure)
                ?? DataRequests(db: db).request(id).map(PrivacyRecord.dataRequest)
        }
    }

    package func deleteNext(_ what: Retained, olderThan moment: Date, after position: Int64) async throws -> Int64? {
        switch what {
        case .ledger:
            let isMore = try await writer.submit(ForgetCostsCommand(before: BudgetDay(utc: moment)))
            return isMore ? position + 1 : nil
        case .payloads:
            let window = try await window(olderThan: Timestamp(moment), after: position, withPayload: true)
            if !window.deliveries.isEmpty {
                try await writer.submit(ExpireCommand(deliveries: window.deliveries))
            }
            return window.next
        case .history:
            let window = try await window(olderThan: Timestamp(moment), after: position, withPayload: false)
            if !window.deliveries.isEmpty {
                try await writer.submit(ForgetCommand(deliveries: window.deliveries))
            }
            return window.next
        }
    }

    package func shrink(to bytes: Int, after position: Int64) async throws -> Int64? {
        guard try await reader.read({ try DatabaseSize($0).bytesUsed }) > bytes else { return nil }
        let window = try await window(
            olderThan: Timestamp(microseconds: .max), after: position, withPayload: true)
        if !window.deliveries.isEmpty { try await writer.submit(ExpireCommand(deliveries: window.deliveries)) }
        return window.next
    }

    private func window(olderThan moment: Timestamp, after position: Int64, withPayload: Bool) async throws -> AgeWindow
    {
        try await reader.read { try AgeWindow($0, olderThan: moment, after: position, withPayload: withPayload) }
    }

    package func resealNext() async throws -> Bool {
        try await writer.submit(ResealCommand())
    }

    package func scrub() async throws -> Bool {
        try await writer.scrub()
    }
}
