import Console
import Foundation
import HTTPCore
import Testing

@Suite("Refusals through the admin API", .timeLimit(.minutes(5)))
struct RefusalsTests {
    private let report = RefusalReport(
        counts: ["signature_wrong": 7, "not_found": 2],
        alarm: .init(isRaised: true, accepted: 1, refused: 7, reason: "signature_wrong"),
        recent: [
            .init(
                at: Date(timeIntervalSince1970: 1_795_000_000.25), reason: "signature_wrong", address: "203.0.113.5",
                method: "POST", path: "/webhooks",
                headers: [.init(name: "cookie", value: nil), .init(name: "x-shopify-topic", value: "orders/create")]),
            .init(
                at: Date(timeIntervalSince1970: 1_794_000_000), reason: "malformed_request", address: nil, method: nil,
                path: nil),
        ])

    @Test("The report comes to the client as it is")
    func report() async throws {
        try await RunningConsole.open(refusals: report) { console in
            let answer = try await console.client().refusals()
            #expect(answer == report)
        }
    }

    @Test("Nobody reads it without the token")
    func unauthorized() async throws {
        try await RunningConsole.open(refusals: report) { console in
            let response = try await console.send(.get, "/api/refusals", headers: [])
            #expect(response.status == 401)
            #expect(!String(decoding: response.body, as: UTF8.self).contains("203.0.113.5"))
        }
    }
}
