import Foundation
import Testing

@testable import Listener

struct PayloadScanTests {
    private func scan(_ text: String) -> PayloadScan {
        PayloadScan(Data(text.utf8))
    }

    @Test func `finds the keys at the top, whatever stands between them`() {
        let found = scan(
            #"""
            { "line_items": [{"id": 7, "updated_at": "no"}, [{"order_id": 8}]], "id" : 6021473918231,
              "note": "\"id\": 9, }]", "admin_graphql_api_id": "gid:\/\/shopify\/Order\/6021473918231", "tags": [],
              "order_id": 12, "customer": {"id": 1, "order": {"id": 2}},
              "created_at": "2026-11-21T11:30:00-08:00","updated_at":"2026-11-21T11:30:02-08:00" }
            """#)
        #expect(found.id == "6021473918231")
        #expect(found.globalID == "gid://shopify/Order/6021473918231")
        #expect(found.orderID == "12")
        #expect(found.createdAt == "2026-11-21T11:30:00-08:00")
        #expect(found.updatedAt == "2026-11-21T11:30:02-08:00")
    }

    @Test func `a string ends at its own quote, wherever in it others are escaped`() {
        for (length, escape) in (0..<20).flatMap({ length in [#"\""#, #"\\"#, #"\/"#, "ä "].map { (length, $0) } }) {
            for place in 0...length {
                let text = String(repeating: "x", count: place) + escape + String(repeating: "y", count: length - place)
                let body = #"{"note":"\#(text)","lines":[{"\#(text)":"\#(text)"}],"id":7,"order_id":"\#(text)","x":1}"#
                #expect(scan(body).id == "7", "\(body)")
            }
        }
    }

    @Test func `what belongs to no order is left when all else is found`() {
        let body = #"""
            {"id":1,"admin_graphql_api_id":"gid://shopify/Order/1","created_at":"a","updated_at":"b","order":{"id":2}}
            """#
        var found = scan(body)
        #expect(found.orderID == "2")
        found.orderID = nil
        #expect(PayloadScan(Data(body.utf8), seekingOrder: false) == found)
        let early = #"{"order_id":3,"order":{"id":4},"id":1}"#
        #expect(PayloadScan(Data(early.utf8), seekingOrder: false).id == "1")
    }

    @Test func `finds the order in which a return stands`() {
        let found = scan(#"{"id":1,"order":{"lines":[{"id":5}],"id":42,"customer":{"id":6}},"x":{"id":7}}"#)
        #expect(found.id == "1")
        #expect(found.orderID == "42")
    }

    @Test func `the first of two values counts, and of odd ones none`() {
        #expect(scan(#"{"id":1,"id":2}"#).id == "1")
        for value in ["null", "true", "-1", "1.5", "1e3", "[1]", "{}", #""a b""#, #""\u0031""#, #""ä""#] {
            #expect(scan(#"{"id":\#(value),"order_id":3}"#) == scan(#"{"order_id":3}"#), "\(value)")
        }
    }

    @Test(arguments: [
        "", "{", "}", "[", "]", "\"", "{\"", "{\"id", "{\"id\"", "{\"id\":", "{\"id\":1", "{\"id\":\"\\", "{]}[",
        ":,:,",
        "}}}}", "{\"id\"1}", "[{\"id\":1}]", "{{\"id\":1}}", "\"id\":1", "{\"order\":[\"id\",1]}", "nonsense",
        String(repeating: "[", count: 100_000), String(repeating: "{\"order\":", count: 50_000),
        "{\"id\":" + String(repeating: "1", count: 100_000) + "}", "{\"" + String(repeating: "i", count: 100_000),
    ])
    func `what is no object with an id gives none and does no harm`(text: String) {
        #expect(scan(text).id == nil)
    }

    @Test func `random bytes do no harm`() {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("{}[]\",:\\/id1 order_\u{0}\u{fc}".utf8)
        for _ in 0..<2000 {
            let bytes = (0..<60).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            _ = PayloadScan(Data(bytes))
        }
    }

    @Test func `what comes too late in a body is not looked at`() {
        let padding = String(repeating: " ", count: PayloadScan.mostBytes)
        #expect(scan(#"{"id":1,\#(padding)"order_id":2}"#) == scan(#"{"id":1,"x":0}"#))
    }
}
