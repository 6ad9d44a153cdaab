import Foundation
import Synchronization

/// The ids of one server's answers. Those of another server, or of the same one started again, are different.
final class AnswerIDs: Sendable {
    private let prefix: String
    private let run = String(UInt32.random(in: .min ... .max), radix: 36)
    private let count = Mutex(0)

    init(prefix: String) {
        self.prefix = prefix
    }

    func next(at now: Date) -> String {
        let number = count.withLock { count in
            count += 1
            return count
        }
        return "\(prefix)\(Int64(now.timeIntervalSince1970))-\(run)-\(number)"
    }
}
