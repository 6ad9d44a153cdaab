import BellhopConfiguration
import ModelClient
import Testing

/// What contradicts itself is named with its line, as what cannot be read is.
@Suite struct CrossCheckTests {
    @Test(arguments: [
        ("routing:\n  default: smal", 12, "write \"small\""),
        ("routing:\n  default: small\n  tasks:\n    translation: larg", 14, "write \"large\""),
        ("routing:\n  default: small\n  classes: { creative: larg }", 13, "write \"large\""),
        ("routing:\n  default: small\nlatency_critical:\n  models:\n    - small\n    - nowhere", 16, "nowhere"),
        ("routing:\n  default: small\npremium_model: larg", 13, "write \"large\""),
        ("routing:\n  default: small\naliases:\n  fast: smal", 14, "write \"small\""),
        ("routing:\n  default: small\nbreaker: { failures: 9,\n  window: 4 }", 13, "9 failures never happen"),
        (
            "routing:\n  default: small\nbudgets:\n  daily: 5\n  ceiling: 4\n  emergency_models: [small]", 15,
            "the ceiling is below"
        ),
        ("routing:\n  default: small\nbudgets:\n  time_zone: Europe/Berln", 14, "write \"Europe/Berlin\""),
        (
            "routing:\n  default: small\nbudgets:\n  scopes:\n  - { each: shop, daily: 1 }\n  - { each: shop, daily: 2 }",
            16, "two budgets for each shop"
        ),
        (
            "routing:\n  default: small\nbudgets:\n  daily: 5\n  emergency_models:\n    - small\n    - tiny", 17, "tiny"
        ),
    ])
    func `a mistake has the line of its value`(routing: String, line: Int, words: String) throws {
        let error = try Sample.mistake(replacing: ("routing:\n  default: small", with: routing))
        #expect(error.line == line, "\(error)")
        #expect(error.message.contains(words), "\(error)")
    }

    @Test func `a model without a price beside a budget is named where it stands`() throws {
        let error = try Sample.mistake(
            adding: "budgets: { daily: 5 }",
            replacing: (
                "    price: { prompt: 3, completion: 15 }\nrouting:\n  default: small",
                with: "routing:\n  default: large"
            ))
        #expect(error.line == 8)
        #expect(error.message.contains("model \"large\" has no price"))
    }

    @Test func `a fallback has the line of its own in a list`() throws {
        let error = try Sample.mistake(
            replacing: (
                "    price: { prompt: 3", with: "    fallbacks:\n      - small\n      - smal\n    price: { prompt: 3"
            ))
        #expect(error.line == 12)
    }

    @Test func `all contradictions are told at once`() throws {
        let error = try Sample.mistake(
            adding: "premium_model: larg\nbreaker: { interval: 10s, longest_interval: 1s }\n")
        #expect(error.all.map(\.line) == [13, 14])
        #expect(error.description.split(separator: "\n").count == 2)
        #expect(error.description.hasPrefix("bellhop.yaml:13: "))
    }

    @Test func `warnings have lines and do not refuse the file`() throws {
        let settings = try Sample.settings(
            adding: """
                budgets:
                  daily: 5
                  emergency_models: [large]
                data_policy:
                  tasks:
                    translation: { regions: [eu] }
                """)
        #expect(settings.warnings.map(\.line) == [18, 15])
        #expect(settings.warnings.first?.description.hasPrefix("bellhop.yaml:18: the data policy for task") == true)
        #expect(settings.warnings.last?.message.contains("dearer than the default") == true)
    }

    @Test func `without a budget a model without a price is a warning`() throws {
        let settings = try Sample.settings(replacing: ("    price: { prompt: 0.1, completion: 0.4 }\n", with: ""))
        #expect(settings.warnings.map(\.line) == [5])
        #expect(settings.warnings.first?.message.contains("\"small\" has no price") == true)
    }
}
