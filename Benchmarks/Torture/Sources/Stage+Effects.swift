import Foundation
import TortureJudge

extension Stage {
    static let destinationSecret = "torture-destination-secret"
    static let destinationVariable = "TORTURE_DESTINATION_SECRET"

    /// What the receiver is like at each of its paths, and the topic that is forwarded there.
    private static let destinations: [(kind: Facts.Repetition, topic: String)] = [
        (.idempotent, "orders/create"), (.askable, "refunds/create"), (.neither, "returns/request"),
    ]

    /// The part of the configuration that says where effects go.
    static func destinations(at address: String) -> String {
        let lines = destinations.map { kind, _ in
            let name = kind.rawValue
            let asking = kind == .askable ? ", ask_url: \"\(address)/\(name)/{key}\"" : ""
            return "  \(name): { url: \"\(address)/\(name)\", secret_env: \(destinationVariable), repetition: \(name), "
                + "concurrency: 16\(asking) }"
        }
        return "destinations:\n" + lines.joined(separator: "\n") + "\n"
    }

    /// Has events forwarded to the receiver.
    func subscribeForwarding() throws {
        for (kind, topic) in Self.destinations {
            let text = """
                topic: \(topic)
                handler: forward-event
                settings:
                  destination: \(kind.rawValue)

                """
            try Data(text.utf8).write(to: webhooks.appending(path: "forward-\(kind.rawValue).yaml"))
        }
    }
}
