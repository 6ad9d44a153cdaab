import ModelClient
import Testing
import Vocabulary

struct ProblemsTests {
    private static func sample(_ change: (inout ModelClientConfiguration) -> Void) -> ModelClientConfiguration {
        var configuration = ModelClientConfiguration.sample()
        change(&configuration)
        return configuration
    }

    @Test func `finds none in a good configuration`() {
        let configuration = Self.sample { configuration in
            configuration.aliases = ["first": "a"]
            configuration.routing.tasks[.translation] = "first"
            configuration.premiumModel = "d"
        }
        #expect(configuration.problems() == [])
    }

    @Test(arguments: [
        (sample { $0.models[0].provider = "onne" }, #"model "a": provider "onne" is not configured: write "one""#),
        (sample { $0.models[0].id = " " }, #"model "a": the id is empty"#),
        (sample { $0.models[0].fallbacks = ["a"] }, #"model "a": it falls back to itself"#),
        (sample { $0.models[0].fallbacks = ["b", "b"] }, #"model "a": fallback "b" is there twice"#),
        (
            sample { $0.models[0].fallbacks = ["zzz"] },
            #"fallback "zzz" is not configured: write one of "a", "b", "c", "d""#
        ),
        (sample { $0.models[0].timeout = .zero }, #"model "a": the timeout is not positive"#),
        (sample { $0.models[0].reasoningEffort = "hihg" }, #"reasoning effort "hihg" is not known: write one of"#),
        (sample { $0.models[1].name = "" }, "a model has an empty name"),
        (sample { $0.models[3].name = "c" }, #"model "c" is there more than once"#),
        (sample { $0.providers[1].name = "one" }, #"provider "one" is there more than once"#),
        (
            sample { $0.providers[1].baseURL = "two.example.com/v1" },
            #"provider "two": the base URL is not an http or https"#
        ),
        (
            sample { $0.providers[1].baseURL = "file:///etc/passwd" },
            #"provider "two": the base URL is not an http or https"#
        ),
        (
            sample { $0.providers[1].baseURL = "https://me:hush@two.example.com/v1" },
            #"provider "two": the base URL must hold no user, password or #fragment"#
        ),
        (
            sample { $0.providers[1].apiKey = Secret("sk-hush") },
            #"provider "two": the base URL is plain http to another machine"#
        ),
        (sample { $0.aliases = ["x": "nowhere"] }, #"alias "x" points at "nowhere", which is not configured"#),
        (sample { $0.aliases = ["x": "y", "y": "a"] }, #"alias "x" points at another alias: write "a""#),
        (sample { $0.aliases = ["a": "b"] }, #"alias "a" is also the name of a model"#),
        (sample { $0.routing.defaultModel = "" }, #"the default names model """#),
        (sample { $0.routing.tasks[.translation] = "q" }, #"the task "translation" names model "q""#),
        (sample { $0.routing.lifts[.extraction] = "q" }, #"the lift of the task "extraction" names model "q""#),
        (sample { $0.routing.classes[.highVolume] = "q" }, #"the class "high_volume" names model "q""#),
        (sample { $0.premiumModel = "q" }, #"the premium model names model "q""#),
        (sample { $0.latency.models = ["a", "q"] }, #"the list of fast models names model "q""#),
        (sample { $0.breaker.failures = 30 }, "30 failures never happen among 20 outcomes"),
        (sample { $0.breaker.longestInterval = .seconds(1) }, "the longest interval is shorter than the first"),
    ])
    func `says what is wrong and what to write`(configuration: ModelClientConfiguration, expected: String) {
        let problems = configuration.problems()
        #expect(problems.contains { $0.message.contains(expected) }, "found \(problems)")
    }

    @Test(arguments: [
        (sample { $0.models[0].provider = "onne" }, ["models", "a", "provider"]),
        (sample { $0.models[0].fallbacks = ["b", "zzz"] }, ["models", "a", "fallbacks", "1"]),
        (sample { $0.providers[1].baseURL = "x" }, ["providers", "two", "url"]),
        (sample { $0.aliases = ["x": "nowhere"] }, ["aliases", "x"]),
        (sample { $0.routing.lifts[.extraction] = "q" }, ["routing", "high_complexity", "extraction"]),
        (sample { $0.latency.models = ["a", "q"] }, ["latency_critical", "models", "1"]),
        (sample { $0.premiumModel = "q" }, ["premium_model"]),
    ])
    func `says where`(configuration: ModelClientConfiguration, path: [String]) {
        #expect(configuration.problems().map(\.path) == [path])
    }

    @Test func `suggests the nearest name for a typing mistake`() {
        let configuration = Self.sample { configuration in
            configuration.models.append(.sample("google/gemini-3.1-flash-lite"))
            configuration.routing.defaultModel = "google/gemini-3.1-flash"
        }
        #expect(configuration.problems().first?.message.hasSuffix(#"write "google/gemini-3.1-flash-lite""#) == true)
    }

    @Test func `has nothing to suggest where nothing is configured`() {
        let configuration = ModelClientConfiguration(
            providers: [], models: [], routing: RoutingMatrix(defaultModel: "a"))
        #expect(
            configuration.problems().map(\.message) == [
                "routing: the default names model \"a\", which is not configured: none is configured yet"
            ])
    }
}
