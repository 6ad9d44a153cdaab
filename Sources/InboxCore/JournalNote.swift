package import Foundation
import Vocabulary

/// A step on its way into the journal, together with the cost of its answer.
package struct JournalNote: Sendable, Hashable {
    package var jobID: Int64
    /// The lease under which the question was asked, of which nothing but its identity is kept. Without it nothing is
    /// journaled: whoever has the job now keeps a journal of its own.
    package var lease: Lease
    package var step: JournaledStep

    package init(_ step: JournaledStep, of claim: Claim) {
        jobID = claim.jobID
        lease = Lease(token: claim.lease.token, epoch: claim.lease.epoch, expiresAt: .distantPast)
        self.step = step
    }

    /// Numbers in the answer survive exactly, which they would not as `Double`.
    ///
    /// - Throws: `EncodingError` for an answer that JSON cannot hold.
    package func encoded() throws -> Data {
        try JSONValue.object([
            "job": .integer(jobID), "token": .integer(lease.token), "epoch": .integer(lease.epoch),
            "name": .string(step.name), "occurrence": .integer(Int64(step.occurrence)),
            "digest": .string(step.digest.base64EncodedString()),
            "answer": step.answer, "model": .string(step.model),
            "at": .integer(Int64(exactly: (step.at.timeIntervalSince1970 * 1_000_000).rounded()) ?? 0),
        ]).canonicalData()
    }

    /// - Returns: `nil` for what ``encoded()`` did not make.
    package init?(decoding data: Data) {
        guard let value = try? JSONValue(parsing: data), let job = value["job"]?.integer,
            let token = value["token"]?.integer, let epoch = value["epoch"]?.integer, let name = value["name"]?.string,
            let occurrence = value["occurrence"]?.integer.flatMap({ Int(exactly: $0) }),
            let digest = value["digest"]?.string.flatMap({ Data(base64Encoded: $0) }), let answer = value["answer"],
            let model = value["model"]?.string, let at = value["at"]?.integer
        else { return nil }
        jobID = job
        lease = Lease(token: token, epoch: epoch, expiresAt: .distantPast)
        step = JournaledStep(
            name: name, occurrence: occurrence, digest: digest, answer: answer, model: model,
            at: Date(timeIntervalSince1970: Double(at) / 1_000_000))
    }
}
