import Foundation
public import HTTPCore
public import Logging
import Vocabulary

/// Posts alerts to a webhook that takes Slack's format, as Slack, Mattermost, Rocket.Chat and Discord (under `/slack`)
/// do.
public struct SlackNotifier: Sendable {
    private static let tries = 3

    private let url: Secret
    private let sender: String
    private let transport: any Transport
    private let logger: Logger
    private let time: TimeSource

    /// - Parameters:
    ///   - url: the webhook's address, which is as good as a password: it is never logged.
    ///   - sender: what each message begins with.
    public init(
        url: Secret, sender: String, transport: any Transport, logger: Logger, time: TimeSource = .system
    ) {
        self.url = url
        self.sender = sender
        self.transport = transport
        self.logger = logger
        self.time = time
    }

    /// Posts each alert of the stream, one after another, until the stream ends or the task is cancelled. An alert that
    /// cannot be posted after some tries is logged as lost.
    public func run(_ alerts: AsyncStream<Alert>) async {
        for await alert in alerts {
            guard !Task.isCancelled else { return }
            await post(alert)
        }
    }

    private func post(_ alert: Alert) async {
        var reason = ""
        for attempt in 1...Self.tries {
            do {
                let response = try await transport.send(request(for: alert))
                if (200...299).contains(response.status) { return }
                reason = "HTTP \(response.status)"
                // Another try cannot mend a wrong address or a wrong message.
                guard response.status == 429 || response.status >= 500 else { break }
                let hint = RetryHint(now: time.date()).wait(response: response, error: nil)
                try await time.sleep(min(hint ?? .seconds(attempt * attempt), .seconds(60)))
            } catch let error as TransportError {
                reason = error.code.rawValue
                guard (try? await time.sleep(.seconds(attempt * attempt))) != nil else { return }
            } catch {
                return
            }
        }
        logger.error("Alert not posted", metadata: ["reason": "\(reason)", "alert": "\(alert)"])
    }

    private func request(for alert: Alert) -> TransportRequest {
        // Encoding fails only for numbers that JSON cannot write.
        let body = try? JSONValue.object(["text": .string("\(sender): \(alert.slackText)")]).canonicalData()
        return TransportRequest(
            .post, url: url.value, headers: [(name: "Content-Type", value: "application/json")], body: body ?? Data(),
            limits: .init(total: .seconds(15), responseBytes: 64 << 10))
    }
}

extension Alert {
    /// Slack reads these three characters as markup (its reference "Formatting text", escaping).
    fileprivate var slackText: String {
        description.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
