import BellhopConfiguration
import Foundation
import InboxCore
import Listener
import ModelClient
import Testing
import Vocabulary

/// The tables of keys in docs/ held against the readers.
@Suite struct DocumentedKeysTests {
    private let page: String
    private let costs: String

    init() throws {
        page = try String(contentsOf: Sample.repository.appending(path: "docs/configuration.md"), encoding: .utf8)
        costs = try String(contentsOf: Sample.repository.appending(path: "docs/costs.md"), encoding: .utf8)
    }

    /// What stands as code in the first cells of the tables below a heading.
    private func documentedKeys(under heading: String, of page: String) throws -> [String] {
        let start = try #require(page.range(of: "\n\(heading)\n")?.upperBound)
        let end = page.range(of: "\n## ", range: start..<page.endIndex)?.lowerBound ?? page.endIndex
        return page[start..<end].split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap { line in
            line.split(separator: "|").first.map { $0.matches(of: /`([^`]+)`/).map { String($0.1) } } ?? []
        }
    }

    @Test func `every key of bellhop yaml is documented once, and no other`() throws {
        let documented = try documentedKeys(under: "## bellhop.yaml", of: page)
        #expect(Set(documented).subtracting(ConfigurationKeys.settings) == [])
        #expect(Set(ConfigurationKeys.settings).subtracting(documented) == [])
        #expect(documented.count == Set(documented).count)
    }

    @Test func `every key of a subscription is documented once, and no other`() throws {
        let documented = try documentedKeys(under: "## webhooks/", of: page)
        #expect(documented.sorted() == ConfigurationKeys.subscription.sorted())
    }

    @Test func `every key of a workload is documented once, and no other`() throws {
        let documented = try documentedKeys(under: "## Write a workload", of: costs)
        #expect(documented.sorted() == ConfigurationKeys.workload.sorted())
    }

    @Test func `the smallest configuration of the page works as it stands`() throws {
        let start = try #require(page.range(of: "<!-- the-smallest-configuration -->\n```yaml\n")?.upperBound)
        let end = try #require(page.range(of: "```", range: start..<page.endIndex)?.lowerBound)
        let text = String(page[start..<end])
        #expect(text.split(separator: "\n").count == 10)
        let settings = try SettingsFile.read(text: text).withSecrets(of: ["OPENROUTER_API_KEY": "k"])
        #expect(settings.warnings == [])
        #expect(settings.models.providers.first?.apiKey == Secret("k"))
        let chain = settings.models.chain(for: Routing(.complex, task: .fraudDetection))
        #expect(chain.map(\.name) == ["google/gemini-2.5-flash-lite", "mistralai/mistral-large-2512"])
        #expect(chain.allSatisfy { $0.sampleCost != nil })
    }

    @Test func `the defaults of the page are those that hold`() throws {
        let settings = try Sample.settings()
        let defaults = Dictionary(
            page.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap { line -> (String, String)? in
                let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                return cells.count > 1 ? (cells[0].replacing("`", with: ""), cells[1].replacing("`", with: "")) : nil
            }, uniquingKeysWith: { first, _ in first })
        let models = settings.models
        let door = DoorLimits()
        let expected: [String: String] = [
            "server.host": settings.server.host, "server.port": "\(settings.server.port)",
            "server.admin_port": "\(settings.server.adminPort)", "server.data": settings.server.dataFolder,
            "server.concurrency": "\(settings.server.concurrency)",
            "inbox.min_free_disk": "\(settings.inbox.minFreeDisk >> 20)MiB",
            "server.limits.connections": "\(door.connections)",
            "server.limits.per_address": "\(door.perAddress)",
            "server.limits.body": "\(door.bodyBytes >> 20)MiB",
            "server.limits.bodies": "\(door.bytesInFlight >> 20)MiB",
            "server.limits.headers": "\(door.headerBytes >> 10)KiB",
            "server.limits.header_count": "\(door.headerFields)",
            "server.limits.idle": text(door.idleTime),
            "events.max_attempts": "\(settings.events.maxAttempts)",
            "events.deadline": text(settings.events.deadline), "events.max_tokens": "\(settings.events.maxTokens)",
            "events.pause_after": "\(settings.events.pauseAfter)",
            "retention.payloads": age(settings.retention.payloads),
            "retention.history": age(settings.retention.history), "retention.ledger": age(settings.retention.ledger),
            "retention.max_size": "\((settings.retention.maxBytes ?? 0) >> 30)GiB",
            "latency_critical.deadline": text(models.latency.deadline), "budgets.time_zone": models.budgets.timeZone,
            "budgets.alert_at": "\(models.budgets.alertAt)", "budgets.credit_fee": "\(models.budgets.creditFee)",
            "limits.max_models": "\(models.limits.maxModels)", "limits.max_requests": "\(models.limits.maxRequests)",
            "limits.request_timeout": text(models.limits.requestTimeout),
            "limits.connect_timeout": text(models.limits.connectTimeout),
            "limits.concurrency": "\(models.limits.concurrency)",
            "limits.response_bytes": "\(models.limits.responseBytes)",
            "retries.rate_limit.retries": "\(models.retries.rateLimit.retries)",
            "retries.rate_limit.base": text(models.retries.rateLimit.base),
            "retries.timeout.retries": "\(models.retries.timeout.retries)",
            "retries.timeout.base": text(models.retries.timeout.base),
            "retries.unavailable.retries": "\(models.retries.unavailable.retries)",
            "retries.unavailable.base": text(models.retries.unavailable.base),
            "retries.cap": text(models.retries.cap), "retry_budget.share": "\(models.retryBudget.share)",
            "retry_budget.reserve": "\(models.retryBudget.reserve)", "breaker.failures": "\(models.breaker.failures)",
            "breaker.window": "\(models.breaker.window)", "breaker.interval": text(models.breaker.interval),
            "breaker.longest_interval": text(models.breaker.longestInterval),
            "breaker.account_interval": text(models.breaker.accountInterval),
            "quality.ask_again": "\(models.quality.asksAgain)",
            "quality.least_accepted": "\(models.quality.leastAccepted)",
            "quality.least_answers": "\(models.quality.leastAnswers)", "quality.rest": text(models.quality.rest),
        ]
        for (key, value) in expected { #expect(defaults[key] == value, "\(key)") }
    }

    /// Whole days.
    private func age(_ duration: Duration?) -> String {
        "\((duration?.components.seconds ?? 0) / 86_400)d"
    }

    /// Whole seconds.
    private func text(_ duration: Duration) -> String {
        "\(duration.components.seconds)s"
    }
}
