import Bellhop
import BellhopTesting
import Foundation
import Testing

@Suite struct SampleTests {
    private let samples = URL(filePath: "../../samples", relativeTo: URL(filePath: #filePath))

    @Test func `the folders of a file give its topic`() throws {
        let sample = try Sample(contentsOf: samples.appending(path: "orders/create/everyday.json"))
        #expect(sample.topic == "orders/create")
        #expect(sample.name == "everyday")
        #expect(sample.description == "orders/create/everyday")
    }

    @Test func `a sample gives the event that a handler would get`() throws {
        let event = try OrderGreeter.sample.event(of: OrderGreeter.Order.self)
        #expect(event.payload.id == 9_007_199_254_740_993)
        #expect(event.topic == "orders/create")
        #expect(event.attempt == 1)
        #expect(event.facts.complaints(about: "#1047").isEmpty)
    }

    @Test func `wire bytes with escaped slashes are kept as they are and decode`() throws {
        let sample = try Sample(contentsOf: samples.appending(path: "orders/create/gift.wire.json"))
        #expect(sample.body.contains(Data(#""gid:\/\/shopify\/Order\/6021473918231""#.utf8)))
        let event = try sample.event(of: JSONValue.self)
        #expect(event.payload["admin_graphql_api_id"]?.string == "gid://shopify/Order/6021473918231")
    }

    @Test func `a body that the handler cannot read throws`() {
        #expect(throws: DecodingError.self) {
            try Sample(topic: "orders/create", json: #"{"id": "no number"}"#).event(of: OrderGreeter.Order.self)
        }
    }

    @Test func `a topic without a folder throws`() {
        #expect(throws: (any Error).self) { try Sample.all(of: "orders/imagined", in: samples) }
    }
}

extension Data {
    fileprivate func contains(_ bytes: Data) -> Bool {
        range(of: bytes) != nil
    }
}
