import Bellhop
import Cryptography
import Foundation
import InboxCore

/// What earlier runs of a job were answered, as this run's questions find it. A plain value.
struct Journal: Sendable {
    /// A question's place in the journal.
    struct Place: Sendable, Hashable {
        var name: String
        var occurrence: Int
    }

    enum Finding: Sendable, Hashable {
        case nothing
        case recorded(JournaledStep)
        /// There is an answer, but not one that can be given; the question is to be asked.
        case unusable(CallRecord.JournalUse)
    }

    private var steps: [Place: JournaledStep]

    init(_ steps: [JournaledStep]) {
        self.steps = Dictionary(
            steps.map { (Place(name: $0.name, occurrence: $0.occurrence), $0) }, uniquingKeysWith: { _, last in last })
    }

    /// Looks for the answer to a question. It is held against the schema and the handler's check again, because the
    /// code may have changed since.
    func finding(for question: Question, at place: Place, digest: Data) -> Finding {
        guard let step = steps[place] else { return .nothing }
        guard step.digest == digest else { return .unusable(.changed) }
        guard question.schema.violations(in: step.answer).isEmpty, question.complaints(step.answer).isEmpty else {
            return .unusable(.outdated)
        }
        return .recorded(step)
    }
}

extension Question {
    /// What a recorded answer is found by: SHA-256 of the question as the handler put it.
    ///
    /// - Throws: `EncodingError`, or `SignatureError` when OpenSSL fails.
    func digest(routedBy routing: Routing) throws -> Data {
        try SHA256.digest(of: canonicalData(task: (self.routing ?? routing).task))
    }
}
