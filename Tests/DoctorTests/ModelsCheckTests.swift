import ModelClient
import Testing

@testable import Doctor

/// Configured models held against a provider's list.
@Suite struct ModelsCheckTests {
    private func findings(_ models: [Model], _ entries: [ModelListing.Entry]) -> [Finding] {
        let configuration = Samples.configuration(models)
        return configuration.providers.flatMap {
            ModelsCheck(configuration: configuration, provider: $0, listing: ModelListing(entries: entries)).run()
        }
    }

    @Test func `a model that is listed at its price is well`() {
        let found = findings([Samples.model("a/b")], [Samples.listed("a/b")])
        #expect(found.map(\.status) == [.ok])
        #expect(found.first?.message == "is listed at 0.25 / 1.5 dollars per million tokens")
    }

    @Test func `an id that is not listed fails with the nearest one`() {
        let found = findings(
            [Samples.model("google/gemini-3.1-flash")], [Samples.listed("google/gemini-3.1-flash-lite")])
        #expect(found.map(\.status) == [.fail])
        #expect(found.first?.advice == "write id: google/gemini-3.1-flash-lite")
    }

    @Test func `one that no question comes to is a warning`() {
        let found = findings([Samples.model("a/b"), Samples.model("c/d")], [Samples.listed("a/b")])
        #expect(found.map(\.status) == [.ok, .warn])
    }

    @Test func `a price that differs is shown beside the configured one`() {
        let found = findings([Samples.model("a/b", prompt: 100_000)], [Samples.listed("a/b")])
        #expect(found.map(\.status) == [.warn])
        #expect(found.first?.message.contains("configured at 0.1 / 1.5, and listed at 0.25 / 1.5") == true)
        #expect(found.first?.advice == "write price: { prompt: 0.25, completion: 1.5 }")
    }

    @Test func `a price for cached tokens counts where both know one`() {
        let model = Samples.model("a/b", cached: 10_000)
        #expect(findings([model], [Samples.listed("a/b")]).map(\.status) == [.ok])
        let found = findings([model], [Samples.listed("a/b", cached: 25_000)])
        #expect(found.first?.advice == "write price: { prompt: 0.25, completion: 1.5, cached: 0.025 }")
    }

    @Test func `a model without a price is told the listed one`() {
        let found = findings([Samples.model("a/b", completion: nil)], [Samples.listed("a/b")])
        #expect(found.first?.advice == "write price: { prompt: 0.25, completion: 1.5 }")
        #expect(findings([Samples.model("a/b")], [Samples.listed("a/b", prompt: nil)]).map(\.status) == [.ok])
    }

    @Test func `a model that will be taken off the list is a warning`() {
        let found = findings([Samples.model("a/b", prompt: 1)], [Samples.listed("a/b", until: "2027-01-31")])
        #expect(found.map(\.status) == [.warn, .warn])
        #expect(found.last?.message.contains("2027-01-31") == true)
    }
}
