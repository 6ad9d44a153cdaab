import HTTPCore
import ModelClient
import Testing

/// What the program around the client has to say.
@Suite(.timeLimit(.minutes(5))) struct AnnouncementTests {
    @Test func `a program's own announcement reaches those who hear alerts`() async throws {
        let client = FallbackClient(
            configuration: ModelClientConfiguration(
                providers: [], models: [], routing: RoutingMatrix(defaultModel: "none")), transport: Nobody())
        let alerts = client.alerts
        client.raise(.announcement("the kitchen is closed", isTrouble: true))
        let heard = await alerts.first { _ in true }
        #expect(heard == .announcement("the kitchen is closed", isTrouble: true))
        #expect(heard?.description == "the kitchen is closed")
    }

    private struct Nobody: Transport {
        func send(_ request: TransportRequest) async throws -> TransportResponse {
            throw TransportError(.notConnected, "nobody is there", mayHaveBeenSent: false)
        }
    }
}
