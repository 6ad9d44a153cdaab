import Cryptography
package import Foundation
package import InboxCore
import Logging

extension SQLiteInbox {
    /// Rounds after which what can be read is handed out, however much more cannot: its leases run.
    private static let mostRounds = 16

    /// A job that was claimed and cannot be read.
    private struct Unreadable {
        let claimed: ClaimCommand.Claimed
        let error: any Error
    }

    /// Jobs that cannot be read are held and others taken in their place, so that nobody waits behind them.
    package func claim(
        limit: Int, now: Date, leaseFor: Duration, passingOver paused: Set<String>
    ) async throws -> [Claim] {
        var claims: [Claim] = []
        var rounds = 0
        while true {
            let command = ClaimCommand(
                limit: limit - claims.count, now: now, leaseFor: leaseFor, paused: paused)
            let unreadable: [Unreadable]
            do {
                unreadable = unpack(try await writer.submit(command), into: &claims)
            } catch  where !claims.isEmpty {
                // Whoever asks next is told.
                break
            }
            await hold(unreadable, at: now)
            if !claims.isEmpty { rounds += 1 }
            if unreadable.isEmpty || claims.count >= limit || rounds >= Self.mostRounds { break }
        }
        return claims
    }

    /// - Returns: those that cannot be read.
    private func unpack(_ claimed: [ClaimCommand.Claimed], into claims: inout [Claim]) -> [Unreadable] {
        var unreadable: [Unreadable] = []
        for claimed in claimed {
            do {
                claims.append(try Claim(claimed, sealing: sealing))
            } catch {
                unreadable.append(Unreadable(claimed: claimed, error: error))
            }
        }
        return unreadable
    }

    /// All at once, so that they share a commit; one that is not taken is left to its lease.
    private func hold(_ unreadable: [Unreadable], at now: Date) async {
        await withDiscardingTaskGroup { group in
            for job in unreadable { group.addTask { await self.hold(job, at: now) } }
        }
    }

    private func hold(_ job: Unreadable, at now: Date) async {
        var logger = logger
        logger[metadataKey: "job"] = "\(job.claimed.job.id)"
        logger.error("stored delivery cannot be read", metadata: ["error": "\(type(of: job.error))"])
        let result = JobResult(
            outcome: .held(reason: Self.reason(of: job.error)), calls: [], startedAt: now, finishedAt: now)
        let command = FinishCommand(
            job: job.claimed.job.id, deliveryID: "", lease: job.claimed.lease, result: result)
        do {
            _ = try await writer.submit(command)
        } catch {
            logger.error("it cannot be held either", metadata: ["error": "\(error)"])
        }
    }

    private static func reason(of error: any Error) -> String {
        switch error {
        case SealError.missingKey(let id): MissingKey.reason(id)
        case let gone as PayloadGone: gone.reason
        default: "the stored delivery is damaged"
        }
    }
}
