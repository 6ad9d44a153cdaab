/// Something about the door that a person should know. It names counts and reasons, never a sender.
package enum DoorAlert: Sendable, Hashable {
    case refusalsJumped(RefusalAlarm.Share)
    case refusalsEnded(RefusalAlarm.Share)

    /// Whether it is a warning, and no good news.
    package var isTrouble: Bool {
        if case .refusalsJumped = self { true } else { false }
    }

    init(_ change: RefusalAlarm.Change) {
        switch change {
        case .began(let share): self = .refusalsJumped(share)
        case .ended(let share): self = .refusalsEnded(share)
        }
    }
}

extension DoorAlert: CustomStringConvertible {
    /// One sentence for a person.
    package var description: String {
        switch self {
        case .refusalsJumped(let share):
            "\(share.refused) of the \(share.accepted + share.refused) deliveries of the last minute from shops known here "
                + "were refused, most as \(share.reason ?? "unknown")\(Self.advice(share.reason)); see `bellhop refusals`"
        case .refusalsEnded(let share):
            "deliveries are accepted again: \(share.accepted) in the last minute, and \(share.refused) refused"
        }
    }

    private static func advice(_ reason: String?) -> String {
        switch reason.flatMap(Refusal.init(rawValue:)) {
        case .signatureWrong, .signatureMissing, .signatureMalformed:
            ". If the app's client secret was rotated, put the new one first in its variable and restart; if not, somebody "
                + "forges webhooks"
        case .shopNotCovered: ". Check which shops the secret may speak for"
        case .storageFailed, .overloaded, .answerTooSlow: ". Check the disk that holds the data folder"
        default: ""
        }
    }
}
