import Bellhop
import Console
import Foundation
import HTTPCore
import InboxCore
import Testing

@Suite("Privacy through the admin API", .timeLimit(.minutes(5)))
struct PrivacyTests {
    @Test("The overview comes to the client as it is, and no longer than asked for")
    func overview() async throws {
        let store = ShelfPrivacy()
        try await RunningConsole.open(privacy: store) { console in
            let overview = try await console.client().privacy(limit: 7)
            #expect(overview == ShelfPrivacy.overview)
            _ = try await console.send(.get, "/api/privacy")
            #expect(store.limits == [7, 50])
        }
    }

    @Test("One request is found by its id, whichever kind it is")
    func record() async throws {
        try await RunningConsole.open(privacy: ShelfPrivacy()) { console in
            let erasure = try #require(ShelfPrivacy.overview.erasures.first)
            #expect(try await console.client().privacyRecord(erasure.id) == .erasure(erasure))
            let wish = try #require(ShelfPrivacy.overview.dataRequests.first)
            #expect(try await console.client().privacyRecord(wish.id) == .dataRequest(wish))
            for id in ["nothing", "exports", "a%2Fb"] {
                let error = await #expect(throws: AdminClientError.self) {
                    try await console.client().privacyRecord(id)
                }
                #expect(error?.code == .notFound)
            }
            let response = try await console.send(.get, "/api/privacy/\(wish.id)")
            #expect(try JSONValue(parsing: response.body)["data_request"]?["shop"]?.string == wish.shop)
        }
    }

    @Test("A limit that is none is refused", arguments: ["0", "1001", "-1", "x", "", "99999999999999999999"])
    func limit(text: String) async throws {
        let store = ShelfPrivacy()
        try await RunningConsole.open(privacy: store) { console in
            let response = try await console.send(.get, "/api/privacy?limit=\(text)")
            #expect(response.status == 400)
            #expect(String(decoding: response.body, as: UTF8.self).contains("limit must be from 1 to 1000"))
            #expect(store.limits == [])
        }
    }

    @Test("An export comes as it was written, and nobody keeps a copy on the way")
    func export() async throws {
        try await RunningConsole.open(privacy: ShelfPrivacy()) { console in
            let response = try await console.send(.get, "/api/privacy/exports/\(ShelfPrivacy.export)")
            #expect(response.status == 200)
            #expect(response.body == ShelfPrivacy.content)
            #expect(response.header("Cache-Control") == "no-store")
            #expect(response.header("Content-Type") == "application/json")
            let content = try await console.client().export(ShelfPrivacy.export)
            #expect(content == ShelfPrivacy.content)
        }
    }

    @Test(
        "An id that is none is not found",
        arguments: ["nothing", "..%2Fbellhop.sqlite", "%00", "a%20b", "%F0%9F%90%9F"])
    func strangeExport(id: String) async throws {
        try await RunningConsole.open(privacy: ShelfPrivacy()) { console in
            let response = try await console.send(.get, "/api/privacy/exports/\(id)")
            #expect(response.status == 404)
        }
    }

    @Test("Nobody reads either without the token", arguments: ["/api/privacy", "/api/privacy/exports/e"])
    func unauthorized(path: String) async throws {
        try await RunningConsole.open(privacy: ShelfPrivacy()) { console in
            let response = try await console.send(.get, path, headers: [])
            #expect(response.status == 401)
        }
    }

    @Test("A server that keeps nothing has neither", arguments: ["/api/privacy", "/api/privacy/exports/e"])
    func missing(path: String) async throws {
        try await RunningConsole.open { console in
            let response = try await console.send(.get, path)
            #expect(response.status == 404)
        }
    }
}
