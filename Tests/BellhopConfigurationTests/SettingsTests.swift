import BellhopConfiguration
import Foundation
import ModelClient
import Testing
import Vocabulary

@Suite struct SettingsTests {
    private let smallest = """
        providers:
          local:
            url: http://127.0.0.1:11434/v1
        models:
          small:
            provider: local
        routing:
          default: small
        """

    private func read(_ text: String, environment: [String: String] = [:]) throws -> Settings {
        try SettingsFile.read(text: text).withSecrets(of: environment)
    }

    /// The mistake that reading the text reports.
    private func mistake(in text: String) throws -> ConfigurationError {
        do {
            _ = try read(text)
        } catch let error as ConfigurationError {
            return error
        }
        throw NoMistake()
    }

    private struct NoMistake: Error {}

    @Test func tenLinesAreEnough() throws {
        let settings = try read(smallest)
        #expect(settings.server == Settings.Server())
        #expect(settings.models.chain(for: Routing(.complex, task: "anything")).map(\.name) == ["small"])
        #expect(settings.models.retries == RetryRules())
        #expect(settings.models.limits == CallLimits())
    }

    @Test func theRepositorysOwnFileIsSound() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let settings = try SettingsFile.read(root.appending(path: "bellhop.yaml")).withSecrets(
            of: ["OPENROUTER_API_KEY": "key"])
        #expect(settings.models.providers.first?.apiKey == Secret("key"))
        let sonnet = try #require(settings.models.model(named: "anthropic/claude-sonnet-4.6"))
        #expect(sonnet.promptPrice == TokenPrice(picos: 3_000_000))
        #expect(sonnet.completionPrice == TokenPrice(picos: 15_000_000))
        let codex = try #require(settings.models.model(named: "openai/gpt-5.3-codex"))
        #expect(codex.refuses == [.temperature])
        #expect(settings.models.model(named: "meta/llama-3.3-nemotron")?.structuredOutput == false)
    }

    @Test func everyKeyIsRead() throws {
        let settings = try read(
            """
            server: { host: 0.0.0.0, port: 9000, admin_port: 9001, data: /var/lib/bellhop, concurrency: 3 }
            secrets:
              - { id: app, env: APP_SECRET }
              - { id: shop, env: SHOP_SECRET, shops: [kelp-and-cotton.myshopify.com] }
            events: { max_attempts: 4, deadline: 2m, max_tokens: 500, pause_after: 3 }
            providers:
              router:
                url: https://openrouter.ai/api/v1
                dialect: openrouter
                key_env: KEY
                headers: { X-OpenRouter-Title: Bellhop }
                rate_limits: { requests_per_minute: 600, tokens_per_minute: 2_000_000 }
                data: { regions: [eu, us], no_training: true }
            models:
              cheap:
                provider: router
                id: google/gemini-2.5-flash-lite
                price: { prompt: 0.10, completion: 0.083333, cached: 0.01, request: 0.0005 }
                fallbacks: [other]
                refuses: [temperature, reasoning, seed, tools]
                rate_limits: { requests_per_minute: 20 }
                data: { zero_retention: true }
                structured_output: false
                reasoning_effort: low
                timeout: 1.5s
              other: { provider: router }
            aliases: { fast: cheap }
            routing:
              default: other
              classes: { high_volume: cheap, creative: fast }
              tasks: { extraction: other }
              high_complexity: { extraction: cheap }
            premium_model: other
            latency_critical: { models: [cheap], deadline: 3s }
            data_policy:
              standard: { no_training: true }
              tasks: { extraction: { regions: [eu] } }
              shops: { Kelp-And-Cotton.myshopify.com: { regions: [eu, ch], zero_retention: true } }
            limits:
              { max_models: 2, max_requests: 5, request_timeout: 20s, connect_timeout: 250ms, concurrency: 7,
                response_bytes: 100000 }
            retries:
              rate_limit: { retries: 1, base: 3s }
              timeout: { retries: 0 }
              unavailable: { retries: 2, base: 10ms }
              cap: 1h
            retry_budget: { share: 0.25, reserve: 3 }
            breaker: { failures: 2, window: 8, interval: 1s, longest_interval: 1m, account_interval: 1h }
            quality: { ask_again: false, least_accepted: 0.75, least_answers: 20, rest: 5m }
            prices: { refresh: 24h }
            alerts: { slack_env: SLACK }
            """, environment: ["KEY": "sk-test", "SLACK": "https://hooks.example.com/T0"])
        #expect(settings.server.port == 9000)
        #expect(settings.server.dataFolder == "/var/lib/bellhop")
        #expect(settings.secrets.map(\.id) == ["app", "shop"])
        #expect(settings.secrets.last?.shops == ["kelp-and-cotton.myshopify.com"])
        #expect(settings.events.deadline == .seconds(120))
        #expect(settings.events.pauseAfter == 3)
        let provider = try #require(settings.models.provider(named: "router"))
        #expect(provider.dialect == .openRouter)
        #expect(provider.apiKey == Secret("sk-test"))
        #expect(provider.headers == ["X-OpenRouter-Title": "Bellhop"])
        let cheap = try #require(settings.models.model(named: "fast"))
        #expect(cheap.id == "google/gemini-2.5-flash-lite")
        #expect(cheap.completionPrice == TokenPrice(picos: 83333))
        #expect(cheap.refuses == [.temperature, .reasoning, .seed, .tools])
        #expect(cheap.timeout == .milliseconds(1500))
        #expect(settings.models.routing.model(for: Routing(.creative, task: "x")) == "fast")
        #expect(settings.models.routing.model(for: Routing(.complex, task: .extraction, complexity: .high)) == "cheap")
        #expect(settings.models.limits.connectTimeout == .milliseconds(250))
        #expect(settings.models.retries.cap == .seconds(3600))
        #expect(settings.models.retries.timeout.retries == 0)
        #expect(settings.keyVariables == ["router": "KEY"])
        #expect(provider.rateLimits == RateLimits(requestsPerMinute: 600, tokensPerMinute: 2_000_000))
        #expect(provider.dataHandling == DataHandling(regions: ["eu", "us"], noTraining: true))
        #expect(cheap.cachedPromptPrice == TokenPrice(picos: 10_000))
        #expect(cheap.requestPrice == USD(nanos: 500_000))
        #expect(cheap.rateLimits == RateLimits(requestsPerMinute: 20))
        #expect(cheap.dataHandling == DataHandling(zeroRetention: true))
        #expect(settings.models.latency == LatencyRules(models: ["cheap"], deadline: .seconds(3)))
        #expect(settings.models.policies.standard == DataPolicy(noTraining: true))
        #expect(settings.models.policies.tasks == [.extraction: DataPolicy(regions: ["eu"])])
        #expect(
            settings.models.policies.labels == [
                "shop": [
                    "kelp-and-cotton.myshopify.com": DataPolicy(regions: ["eu", "ch"], zeroRetention: true)
                ]
            ])
        #expect(settings.models.limits.responseBytes == 100_000)
        #expect(settings.models.retryBudget == RetryBudgetRules(share: 0.25, reserve: 3))
        #expect(
            settings.models.breaker
                == BreakerRules(
                    failures: 2, window: 8, interval: .seconds(1), longestInterval: .seconds(60),
                    accountInterval: .seconds(3600)))
        #expect(
            settings.models.quality
                == QualityRules(asksAgain: false, leastAccepted: 0.75, leastAnswers: 20, rest: .seconds(300)))
        #expect(settings.prices.refresh == .seconds(86_400))
        #expect(settings.alerts.slack?.url == Secret("https://hooks.example.com/T0"))
    }

    @Test(arguments: ["openrouter", "openai", "ollama", "vllm", "llamacpp", "litellm", "compatible"])
    func everyDialectHasItsName(dialect: String) throws {
        let settings = try read(smallest.replacing("/v1", with: "/v1\n    dialect: \(dialect)"))
        #expect(settings.models.providers.first?.dialect.rawValue == dialect)
    }

    @Test(arguments: [
        ("retry_budget: { share: 1.1 }", "from 0 to 1"), ("retry_budget: { share: -0.1 }", "from 0 to 1"),
        ("quality: { least_accepted: 50% }", "from 0 to 1"), ("quality: { ask_again: maybe }", "true or false"),
        ("breaker: { window: 65 }", "from 1 to 64"), ("breaker: { intervall: 1s }", "did you mean interval?"),
        ("limits: { response_bytes: 1 }", "from 1KiB to 1GiB"), ("prices: { refresh: 1s }", "at least 1m"),
        ("data_policy: { standard: { regions: [] } }", "is empty"),
        ("data_policy: { standard: { regions: [EU] } }", "lower case"),
        ("data_policy: { shops: { kelp: { no_training: true } } }", "host name"),
        ("data_policy: { tasks: { Extraction: { no_training: true } } }", "lower case"),
        ("data_policy: { standard: { training: false } }", "use one of: regions, no_training"),
        ("data_policy: { shops: { a.example.com: {}, A.example.com: {} } }", "second time"),
        ("secrets: [{ id: app, env: APP, shops: [no host] }]", "host name"),
        ("alerts: { slack_env: SLACK }", "names SLACK, which is not set"),
        ("latency_critical: { deadline: 0s }", "at least 1ms"),
    ])
    func whatCannotBeMeantIsRefusedWithItsLine(line: String, words: String) throws {
        let error = try mistake(in: smallest + "\n" + line)
        #expect(error.line == 9)
        #expect(error.description.contains(words), "\(error)")
    }

    @Test func `a file is read and checked where none of its secrets are`() throws {
        let text =
            smallest.replacing("/v1", with: "/v1\n    key_env: KEY")
            + "\nalerts: { slack_env: SLACK }\ndestinations: { erp: { url: https://erp.example.com, secret_env: ERP } }"
        let settings = try SettingsFile.read(text: text)
        #expect(settings.alerts.slack?.variable == "SLACK" && settings.alerts.slack?.url == nil)
        #expect(settings.models.providers.map(\.apiKey) == [nil])
        #expect(settings.keyVariables == ["local": "KEY"])
        #expect(settings.destinations["erp"]?.secrets == [])
        #expect(!settings.warnings.contains { $0.message.contains("ERP is not set") })
        let ready = try settings.withSecrets(of: ["KEY": "k", "SLACK": "https://hooks.example.com/T0", "ERP": "a,b"])
        #expect(ready.models.providers.map(\.apiKey) == [Secret("k")])
        #expect(ready.destinations["erp"]?.secrets == [Secret("a"), Secret("b")])
        #expect(throws: ConfigurationError.self) { try settings.withSecrets(of: ["KEY": "k"]) }
        // Who only asks models needs no other secret.
        #expect(try settings.withKeys(of: ["KEY": "k"]).models.providers.map(\.apiKey) == [Secret("k")])
    }

    @Test func theAddressForAlertsIsNeverRepeated() throws {
        do {
            _ = try read(smallest + "\nalerts: { slack_env: SLACK }", environment: ["SLACK": "hush-hush"])
            Issue.record("an address that is none was accepted")
        } catch let error as ConfigurationError {
            #expect(error.message.contains("SLACK"))
            #expect(!"\(error)".contains("hush-hush"))
        }
    }

    @Test(arguments: ["http://hooks.example.com/T0", "https://me:hush@hooks.example.com", "hooks.example.com"])
    func theAddressForAlertsIsNotSentInClear(address: String) throws {
        #expect(throws: ConfigurationError.self) {
            try read(smallest + "\nalerts: { slack_env: SLACK }", environment: ["SLACK": address])
        }
        let ours = try read(
            smallest + "\nalerts: { slack_env: SLACK }", environment: ["SLACK": " http://127.0.0.1:9/T0\n"])
        #expect(ours.alerts.slack?.url == Secret("http://127.0.0.1:9/T0"))
    }

    @Test func tasksAreWordsInLowerCase() throws {
        let error = try mistake(in: smallest + "\n  tasks: { Review Sentiment: small }")
        #expect(error.description.contains("lower case"))
    }

    @Test(arguments: [
        ("providers:", "provders:", 1, "did you mean providers?"),
        ("    url:", "    ulr:", 3, "did you mean url?"),
        (
            "http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1\n    dialect: openruter", 4,
            "did you mean openrouter?"
        ),
        (
            "    provider: local", "    provider: local\n    price: { prompt: cheap, completion: 1 }", 7,
            "for example 0.25"
        ),
        ("    provider: local", "    provider: local\n    timeout: 5", 7, "with its unit"),
        ("    provider: local", "    provider: local\n    provider: local", 6, "twice"),
        ("default: small", "default: small\n  classes: { hard: small }", 9, "high_volume"),
        ("models:", "server: { port: 99999 }\nmodels:", 4, "0 to 65535"),
    ])
    func aMistakeIsNamedWithItsLine(original: String, wrong: String, line: Int, words: String) throws {
        let error = try mistake(in: smallest.replacing(original, with: wrong))
        #expect(error.line == line)
        #expect(error.description.contains(words), "\(error)")
    }

    @Test(arguments: [
        ("provider: local", "provider: remote", "remote"),
        ("default: small", "default: smal", "small"),
    ])
    func aNameThatLeadsNowhereIsAMistake(original: String, wrong: String, words: String) throws {
        #expect(try mistake(in: smallest.replacing(original, with: wrong)).description.contains(words))
    }

    /// What is commented out below a key must not open what the key had closed.
    @Test(arguments: [
        "secrets:\n  - id: app\n    env: APP\n    shops:\n    #  - kelp-and-cotton.myshopify.com",
        "secrets: # [{ id: app, env: APP }]", "budgets:\n  daily: # 20", "budgets: ~", "budgets: { scopes: }",
        "data_policy:\n  standard:\n    regions:\n    #  - eu", "data_policy: { standard: { no_training: } }",
        "data_policy: { shops: { kelp-and-cotton.myshopify.com: } }", "data_policy: { standard: { regions: [~] } }",
        "aliases: { fast: null }", "server: { trusted_proxies: }", "server: { limits: }", "alerts: { slack_env: }",
        "destinations: { stock: }", "destinations:", "premium_model: Null", "events: { pause_after: }",
    ])
    func `a key without a value is a mistake`(lines: String) throws {
        let error = try mistake(in: smallest + "\n" + lines)
        #expect(error.message.contains("has no value; write one or remove the key"), "\(error)")
        let emptied = (smallest + "\n" + lines).split(separator: "\n").lastIndex { !$0.hasPrefix("    #") }
        #expect(error.line == emptied.map { $0 + 1 })
    }

    @Test(arguments: ["", "just a text", "- a\n- list", "a: [", "a: &x 1\nb: *x"])
    func whatIsNoConfigurationIsRefused(text: String) throws {
        _ = try mistake(in: text)
    }

    @Test(arguments: ["deadline: 0s", "deadline: .nans", "deadline: nans", "deadline: infs", "deadline: -1s"])
    func aTimeThatIsNoneIsRefused(event: String) throws {
        #expect(try mistake(in: smallest + "\nevents: { \(event) }").description.contains("deadline must be"))
    }

    @Test(arguments: ["request_timeout: 0s", "connect_timeout: 0.1ms"])
    func aRequestWithoutTimeIsRefused(limit: String) throws {
        #expect(try mistake(in: smallest + "\nlimits: { \(limit) }").description.contains("at least 1ms"))
    }

    @Test(arguments: [
        "max_attempts: 99999999999999999999999999", "max_attempts: -1", "max_attempts: 1.5", "max_attempts: .inf",
    ])
    func aNumberThatIsNoneIsRefused(event: String) throws {
        #expect(try mistake(in: smallest + "\nevents: { \(event) }").description.contains("from 1 to 100"))
    }

    @Test(arguments: [("1", "at least 2"), ("-1", "from 0 to 1000"), ("1001", "from 0 to 1000")])
    func aPauseAfterEveryFailureIsRefused(count: String, words: String) throws {
        #expect(try mistake(in: smallest + "\nevents: { pause_after: \(count) }").description.contains(words))
    }

    @Test(arguments: ["-1", ".nan", "1e400", "0x10", "99999999999999999999"])
    func aPriceThatIsNoneIsRefused(price: String) throws {
        let text = smallest.replacing(
            "provider: local", with: "provider: local\n    price: { prompt: \(price), completion: 1 }")
        #expect(try mistake(in: text).description.contains("must be a price"))
    }

    @Test func aSecretWrittenInPlaceOfItsVariableIsNotRepeated() throws {
        let secrets = smallest + "\nsecrets: [{ id: app, env: shpss_0123456789abcdef }]"
        let key = smallest.replacing("/v1", with: "/v1\n    key_env: sk-or-v1-0123456789abcdef")
        for text in [secrets, key] {
            let error = try mistake(in: text)
            #expect(error.description.contains("environment variable"))
            #expect(!error.description.contains("0123456789abcdef"))
        }
    }

    @Test func aSecretForNoShopIsRefused() throws {
        let text = smallest + "\nsecrets: [{ id: app, env: APP_SECRET, shops: [] }]"
        #expect(try mistake(in: text).description.contains("names no shop"))
    }

    @Test func aKeyNeverShowsInADescription() throws {
        let settings = try read(
            smallest.replacing("http://127.0.0.1:11434/v1", with: "http://127.0.0.1:11434/v1\n    key_env: KEY"),
            environment: ["KEY": "sk-or-v1-secret"])
        #expect(!String(reflecting: settings).contains("sk-or-v1-secret"))
    }

    @Test(arguments: [
        ("0", 0), ("268_435_456", 256 << 20), ("512KiB", 512 << 10), ("4MiB", 4 << 20), ("2TiB", 2 << 40),
    ])
    func `a size has its unit or none`(text: String, bytes: Int) throws {
        #expect(try Sample.settings(adding: "inbox: { min_free_disk: \(text) }").inbox.minFreeDisk == bytes)
    }

    @Test(arguments: ["1.5GiB", "-1MiB", "256MB", "99999999999GiB", "[1]"])
    func `what is no size is refused`(text: String) throws {
        let mistake = try Sample.mistake(adding: "inbox: { min_free_disk: \(text) }")
        #expect(mistake.message.contains("a size from 0 to 1024TiB"), "\(mistake)")
    }
}
