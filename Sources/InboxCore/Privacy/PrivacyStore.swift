package import Bellhop
package import Foundation

/// Where personal data can be found, taken out and erased. What an inbox offers beside ``Inbox``.
///
/// Everything that walks over many rows does so in small steps: one call is one short commit, and says whether there is
/// more. Each step may be done twice, and all of them begin again after a crash where they were.
package protocol PrivacyStore: Sendable {
    // MARK: The subject index

    /// Takes the next deliveries, in the order of their arrival, into the index of whom they concern.
    ///
    /// - Parameter reading: tells whom a delivery concerns.
    /// - Returns: whether there may be more.
    func indexNext(_ reading: @escaping @Sendable (Delivery) -> SubjectReading) async throws -> Bool

    /// Whether everything that came before a delivery, and the delivery itself, is in the index.
    func isIndexed(through deliveryID: String) async throws -> Bool

    // MARK: Requests

    /// Notes a request, and all that it is about. The index has reached it.
    func begin(_ request: PrivacyRequest) async throws

    /// Erases some of what a request is about, but for the request itself.
    ///
    /// - Returns: whether there may be more.
    /// - Throws: ``PrivacyDelay``, or ``InboxError``.
    func eraseNext(for request: PrivacyRequest, at now: Date) async throws -> Bool

    /// Erases the request itself, overwrites what was erased on the disk, and keeps the proof.
    ///
    /// - Throws: ``PrivacyDelay``, or ``InboxError``.
    func conclude(_ request: PrivacyRequest, at now: Date) async throws

    /// Overwrites what was erased and keeps the proof, for a request that was cut short after it had erased itself.
    ///
    /// - Throws: ``PrivacyDelay``, or ``InboxError``.
    func complete(_ deliveryID: String, at now: Date) async throws

    /// Some of what is kept about a customer, in the order of arrival.
    ///
    /// - Parameter position: 0, then what came back.
    /// - Returns: the records, and where to go on; `nil` when that was all.
    /// - Throws: ``PrivacyDelay``, or ``InboxError``.
    func records(for request: PrivacyRequest, after position: Int64) async throws -> (
        records: [PersonalRecord], next: Int64?
    )

    /// Keeps a file of the answer to a request.
    ///
    /// - Parameter part: from 1.
    func keepExport(_ content: Data, part: Int, of request: PrivacyRequest, at now: Date) async throws

    /// Notes that the answer is made.
    func exported(_ request: PrivacyRequest, at now: Date) async throws

    /// The content of a file of an answer.
    ///
    /// - Throws: ``InboxError`` `.notFound`, or `.conflict` when its key is missing.
    func openExport(_ id: String, at now: Date) async throws -> Data

    /// Notes that a shop has removed the app, and holds what still waits to be done for it.
    ///
    /// - Parameter deliveryID: the delivery that said so.
    /// - Returns: the number of jobs held.
    func uninstall(_ shop: Shop, at moment: Date, deliveryID: String) async throws -> Int

    func overview(limit: Int) async throws -> PrivacyOverview

    /// What is kept of the request that a delivery brought; `nil` when it brought none.
    func record(of deliveryID: String) async throws -> PrivacyRecord?

    // MARK: Upkeep

    /// Deletes some of what is older than a moment, the oldest first; nothing that still moves or is held.
    ///
    /// - Parameter position: 0, then what came back.
    /// - Returns: where to go on; `nil` when that was all.
    func deleteNext(_ what: Retained, olderThan moment: Date, after position: Int64) async throws -> Int64?

    /// Deletes some of the oldest finished payloads while the database holds more than so many bytes.
    ///
    /// - Parameter position: 0, then what came back.
    /// - Returns: where to go on; `nil` when it is small enough or there is nothing left to delete.
    func shrink(to bytes: Int, after position: Int64) async throws -> Int64?

    /// Deletes the files of answers whose time is over.
    func deleteExpiredExports(at now: Date) async throws

    /// Seals some rows anew that are not sealed with the newest key.
    ///
    /// - Returns: whether there may be more.
    func resealNext() async throws -> Bool

    /// Overwrites on the disk what was deleted.
    ///
    /// - Returns: `false` when somebody reads what is to be overwritten; try again then.
    func scrub() async throws -> Bool
}
