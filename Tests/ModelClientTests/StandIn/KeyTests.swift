import ModelClient
import ModelStandIn
import Testing

@Suite(.timeLimit(.minutes(5)))
struct KeyTests {
    private static let key = "sk-test-not-a-key"

    private func ask(with key: Secret?) async throws -> ModelReply {
        try await StandInStage.with(StandInConfiguration(apiKey: Self.key)) { configuration in
            for index in configuration.providers.indices { configuration.providers[index].apiKey = key }
        } _: { stage in
            try await stage.client.answer(.sample())
        }
    }

    @Test func `sends the provider's key`() async throws {
        let reply = try await ask(with: Secret(Self.key))
        #expect(reply.attempts.map(\.status) == [200])
    }

    @Test(arguments: [nil, "sk-another-not-a-key"])
    func `says that the key is at fault, and not what it is`(key: String?) async throws {
        let error = try #require(try await clientError { try await ask(with: key.map(Secret.init)) })
        #expect(error.code == .chainExhausted)
        // One request to each provider is enough to know.
        #expect(error.attempts.map(\.model) == ["first", "third"])
        #expect(error.attempts.allSatisfy { $0.failure?.kind == .authentication && $0.cost == .none })
        #expect(!"\(error) \(error.attempts)".contains(key ?? "Bearer"))
    }
}
