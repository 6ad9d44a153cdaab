import BellhopConfiguration
import Foundation
import InboxCore
import ModelClient
import Testing

@Suite struct DestinationsTests {
    private func destination(_ keys: String, environment: [String: String] = [:]) throws -> Settings.Destination {
        let settings = try Sample.settings(adding: "destinations:\n  erp: { \(keys) }\n", environment: environment)
        return try #require(settings.destinations["erp"])
    }

    @Test func `every key is read`() throws {
        let erp = try destination(
            """
            url: "https://erp.example.com/in?x=1", secret_env: ERP_SECRET, repetition: askable,
                ask_url: "https://erp.example.com/in/{key}", requests_per_minute: 90, concurrency: 2, timeout: 5s,
                max_attempts: 7
            """, environment: ["ERP_SECRET": " new , old,"])
        #expect(erp.url == "https://erp.example.com/in?x=1")
        #expect(erp.secretVariable == "ERP_SECRET")
        #expect(erp.secrets == [Secret("new"), Secret("old")])
        #expect(erp.repetition == .askable)
        #expect(erp.askURL == "https://erp.example.com/in/{key}")
        #expect(erp.requestsPerMinute == 90)
        #expect(erp.concurrency == 2)
        #expect(erp.timeout == .seconds(5))
        #expect(erp.maxAttempts == 7)
    }

    @Test func `two keys are enough`() throws {
        let erp = try destination(#"url: "http://127.0.0.1:9000/in", secret_env: ERP_SECRET"#)
        var expected = Settings.Destination(url: "http://127.0.0.1:9000/in", secretVariable: "ERP_SECRET")
        expected.secrets = []
        #expect(erp == expected)
        #expect(erp.repetition == .idempotent)
        #expect(try Sample.settings().destinations.isEmpty)
    }

    @Test func `a secret that is not set is a warning with its line`() throws {
        let lines = "destinations:\n  erp:\n    url: https://erp.example.com\n    secret_env: ERP_SECRET\n"
        let settings = try Sample.settings(adding: lines)
        let warning = try #require(settings.warnings.first { $0.message.contains("ERP_SECRET") })
        #expect(warning.line == Sample.text.split(separator: "\n").count + 4)
        #expect(try Sample.settings(adding: lines, environment: ["ERP_SECRET": "s"]).warnings.isEmpty)
    }

    @Test(arguments: [
        (#"secret_env: S"#, "needs the key url"), (#"url: "https://a.example.com""#, "needs the key secret_env"),
        (#"url: "http://erp.example.com", secret_env: S"#, "must begin with https://"),
        (#"url: "ftp://erp.example.com", secret_env: S"#, "must be an address"),
        (#"url: "erp", secret_env: S"#, "must be an address"),
        (#"url: "https://me:hush@erp.example.com", secret_env: S"#, "must hold no user"),
        (#"url: "https://a.example.com", secret_env: hush-hush"#, "environment variable"),
        (#"url: "https://a.example.com", secret_env: S, repetition: often"#, "unknown value often"),
        (#"url: "https://a.example.com", secret_env: S, repetition: askable"#, "write under ask_url"),
        (
            #"url: "https://a.example.com", secret_env: S, ask_url: "https://a.example.com/{key}""#,
            "repetition: askable"
        ),
        (
            #"url: "https://a.example.com", secret_env: S, repetition: askable, ask_url: "https://a.example.com""#,
            "must hold {key}"
        ),
        (#"url: "https://a.example.com", secret_env: S, timeout: 61s"#, "at most 60s"),
        (#"url: "https://a.example.com", secret_env: S, concurrency: 0"#, "from 1 to 100"),
        (#"url: "https://a.example.com", secret_env: S, retries: 3"#, "unknown key retries"),
    ])
    func `a mistake says what to write instead, and repeats no secret`(keys: String, words: String) throws {
        let error = try Sample.mistake(adding: "destinations:\n  erp: { \(keys) }\n")
        #expect(error.message.contains(words), "\(error)")
        #expect(error.line == Sample.text.split(separator: "\n").count + 2)
        #expect(!"\(error)".contains("hush"))
    }

    @Test(arguments: ["Erp", "e r p", "erp:x", "é", String(repeating: "e", count: 65)])
    func `a name is letters in lower case, digits and hyphens`(name: String) throws {
        let lines = "destinations:\n  \"\(name)\": { url: \"https://a.example.com\", secret_env: S }\n"
        #expect(try Sample.mistake(adding: lines).message.contains("must have a name"))
    }
}
