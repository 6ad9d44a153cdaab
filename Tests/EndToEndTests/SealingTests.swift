import Bellhop
import Foundation
import Testing

/// What a running server does by itself about what it keeps: it seals what was stored before there was a key, and
/// deletes what is old.
@Suite(.timeLimit(.minutes(5))) struct SealingTests {
    private static let marker = "Zq7PlantedMarkerOfZoe"
    private static let body = #"{"id":1,"note":"\#(marker)","email":"zoe@example.com"}"#

    @Test func `a key seals what was there before it, and a newer one replaces it`() async throws {
        try await Project.withFolder { folder in
            let data = folder.appending(path: "data")
            let old = Data(0..<32).base64EncodedString()
            let new = Data(1..<33).base64EncodedString()
            try await Program.serve(data: data) { server in
                try await PrivacyPlace.deliver("carts/update", Self.body, to: server)
                #expect(try PrivacyPlace.files(in: data, holding: Self.marker) != [])
            }
            var keys: Set<String> = []
            for value in [old, "\(new),\(old)"] {
                keys.insert(try await seal(data, with: value))
            }
            #expect(keys.count == 2)
        }
    }

    /// - Returns: the id of the key that everything is sealed with.
    private func seal(_ data: URL, with keys: String) async throws -> String {
        let (ids, sink) = AsyncStream.makeStream(of: String.self)
        try await Program.serve(data: data, variables: ["BELLHOP_STORAGE_KEY": keys]) { server in
            try await server.says("everything is sealed with the newest storage key")
            let overview = try await PrivacyPlace.json(["privacy"], server)
            #expect(overview["is_sealed"] == true)
            #expect(try PrivacyPlace.files(in: data, holding: Self.marker) == [])
            if let id = overview["storage_key"]?.string { sink.yield(id) }
        }
        sink.finish()
        return try #require(await ids.first { _ in true })
    }

    @Test func `payloads that are older than the configuration says are deleted`() async throws {
        try await Project.withFolder { folder in
            let data = folder.appending(path: "data")
            let config = try AnsweringStandIn.configuration(port: 9, in: folder)
            let text = try String(contentsOf: config, encoding: .utf8) + "\nretention: { payloads: 3d }\n"
            try text.write(to: config, atomically: true, encoding: .utf8)
            try await Program.serve(data: data, config: config) { server in
                // A topic of Bellhop's own: its job ends without a handler.
                let body = #"{"id":1,"myshopify_domain":"\#(PrivacyPlace.shop)","note":"\#(Self.marker)"}"#
                try await PrivacyPlace.deliver("app/uninstalled", body, to: server)
                try await server.quiet()
            }
            #expect(try StoredDeliveries.bodies(in: data) == 1)
            try PrivacyPlace.change(data, "UPDATE deliveries SET received_at = received_at - 4 * 86400 * 1000000")
            try await Program.serve(data: data, config: config) { _ in
                while try StoredDeliveries.bodies(in: data) > 0 { try await Task.sleep(for: .milliseconds(20)) }
            }
            #expect(try PrivacyPlace.files(in: data, holding: Self.marker) == [])
        }
    }
}
