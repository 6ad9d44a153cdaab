import Foundation
import GRDB
import InboxCore

/// The journal: questions of jobs that were answered and paid for.
struct Steps {
    static let select = "SELECT * FROM steps WHERE job = ? ORDER BY id"

    let db: Database
    let sealing: Sealing

    /// A step as it was read, its answer still packed.
    struct Entry: Sendable {
        fileprivate let job: Int64
        fileprivate let name: String
        fileprivate let occurrence: Int
        fileprivate let digest: Data
        /// A ``StoredAnswer``, sealed when there is a key.
        fileprivate let stored: Data
        fileprivate let model: String
        fileprivate let at: Date

        /// - Throws: `SealError`, or when the stored answer is damaged.
        func unpacked(_ sealing: Sealing) throws -> JournaledStep {
            let place = Steps.place(job: job, name: name, occurrence: occurrence)
            let answer = StoredAnswer(content: try sealing.json(stored, in: place))
            return JournaledStep(
                name: name, occurrence: occurrence, digest: digest, answer: try answer.answer(), model: model, at: at)
        }
    }

    /// Records a step in the place of an earlier one of the same name and occurrence.
    func record(_ step: JournaledStep, answer: StoredAnswer, job: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO steps (job, name, occurrence, digest, answer, model, at) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (job, name, occurrence) DO UPDATE SET
                  digest = excluded.digest, answer = excluded.answer, model = excluded.model, at = excluded.at
                """
        ).execute(arguments: [
            job, step.name, step.occurrence, step.digest,
            try sealing.stored(
                json: answer.content, in: Self.place(job: job, name: step.name, occurrence: step.occurrence)),
            step.model, Timestamp(step.at),
        ])
    }

    /// In the order of asking.
    func ofJob(_ job: Int64) throws -> [Entry] {
        try Row.fetchAll(db.cachedStatement(sql: Self.select), arguments: [job]).map(Entry.init)
    }

    private static func place(job: Int64, name: String, occurrence: Int) -> Sealing.Place {
        Sealing.Place("steps.answer", row: "\(job)/\(name)/\(occurrence)")
    }

    func forget(job: Int64) throws {
        try db.cachedStatement(sql: "DELETE FROM steps WHERE job = ?").execute(arguments: [job])
    }
}

extension Steps.Entry {
    fileprivate init(_ row: Row) throws {
        job = try row.decode(forKey: "job")
        name = try row.decode(forKey: "name")
        occurrence = try row.decode(forKey: "occurrence")
        digest = try row.decode(forKey: "digest")
        stored = try row.decode(forKey: "answer")
        model = try row.decode(forKey: "model")
        at = try row.decode(Timestamp.self, forKey: "at").date
    }
}
