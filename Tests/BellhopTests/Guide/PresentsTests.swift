import Bellhop
import BellhopTesting
import Foundation
import Testing

@Test func `a lot decides about a present, unless the order is late`() async throws {
    let handler = Presents(settings: NoSettings())
    let event: Event<Presents.Order> = try Sample(topic: "orders/create", json: #"{"id": 7}"#).event()
    let present = Effect.tag(.order(7), ["present"])

    #expect(try await run(handler, on: event, seed: 1) == [])
    #expect(try await run(handler, on: event, seed: 15) == [present])
    #expect(try await run(handler, on: event, at: event.receivedAt + 90_000, seed: 1) == [present])
}
