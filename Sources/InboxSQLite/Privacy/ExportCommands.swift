import Foundation
import InboxCore

/// Notes a file of the answer to a request.
struct AddExportCommand: StoreCommand {
    let request: PrivacyRequest
    let export: ExportRecord

    func perform(in transaction: inout StoreTransaction) throws {
        let place = try RequestPlace(request, transaction.db)
        try DataRequests(db: transaction.db).addExport(export, of: place.id)
    }
}

/// Notes that the answer to a request is made.
struct FinishDataRequestCommand: StoreCommand {
    let request: PrivacyRequest
    let now: Date

    func perform(in transaction: inout StoreTransaction) throws {
        let place = try RequestPlace(request, transaction.db)
        try DataRequests(db: transaction.db).finish(place.id, at: now)
    }
}

/// Notes that somebody took a file out.
struct NoteOpenedCommand: StoreCommand {
    let export: String
    let now: Date

    func perform(in transaction: inout StoreTransaction) throws {
        try DataRequests(db: transaction.db).noteOpened(export, at: now)
    }
}

/// Forgets files that have been removed.
struct RemoveExportsCommand: StoreCommand {
    let exports: [String]

    func perform(in transaction: inout StoreTransaction) throws {
        for export in exports { try DataRequests(db: transaction.db).removeExport(export) }
    }
}
