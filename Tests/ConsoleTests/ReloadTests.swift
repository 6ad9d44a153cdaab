import Bellhop
import Console
import Foundation
import HTTPCore
import Testing

@Suite("Reloading through the admin API", .timeLimit(.minutes(5)))
struct ReloadTests {
    @Test("What changed comes back to the client")
    func taken() async throws {
        let report = Reloaded(changed: ["bellhop.yaml: budgets.daily"], needsRestart: ["server.port"], warnings: ["w"])
        try await RunningConsole.open(reloadComesTo: .taken(report)) { console in
            let answer = try await console.client().reload()
            #expect(answer == .taken(report))
        }
    }

    @Test("Mistakes come back with file and line, as 422")
    func refused() async throws {
        let mistakes = [
            ReloadMistake(file: "bellhop.yaml", line: 3, message: "must be a text"),
            ReloadMistake(file: "webhooks", line: nil, message: "has no .yaml files"),
        ]
        try await RunningConsole.open(reloadComesTo: .refused(mistakes)) { console in
            let response = try await console.send(.post, "/api/reload")
            #expect(response.status == 422)
            let body = try JSONValue(parsing: response.body)
            #expect(body["reason"] == "invalid_configuration")
            #expect(body["error"] == "bellhop.yaml:3: must be a text\nwebhooks: has no .yaml files")
            let answer = try await console.client().reload()
            #expect(answer == .refused(mistakes))
        }
    }

    @Test("A server without files answers 409, a failure 503")
    func otherwise() async throws {
        try await RunningConsole.open { console in
            let answer = try await console.send(.post, "/api/reload").status
            #expect(answer == 409)
            let client = console.client()
            let error = await #expect(throws: AdminClientError.self) { _ = try await client.reload() }
            #expect(error?.code == .conflict)
        }
        try await RunningConsole.open(reloadComesTo: .failed("the ledger does not answer")) { console in
            let answer = try await console.send(.post, "/api/reload").status
            #expect(answer == 503)
        }
    }

    @Test("Nobody reloads without the token")
    func unauthorized() async throws {
        try await RunningConsole.open(reloadComesTo: .taken(Reloaded(changed: []))) { console in
            let answer = try await console.send(.post, "/api/reload", headers: []).status
            #expect(answer == 401)
        }
    }
}
