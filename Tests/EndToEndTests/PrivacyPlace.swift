import Bellhop
import Console
import Cryptography
import Foundation
import GRDB
import HTTPCore
import HTTPTransport
import InboxCore
import Subprocess
import Testing

/// What the tests of privacy do to a running server, and where they look.
enum PrivacyPlace {
    static let shop = "kelp-and-cotton.myshopify.com"

    static func deliver(
        _ topic: Topic, _ body: String, shop: String = shop, webhookID: String = UUID().uuidString,
        to server: Program.Server
    ) async throws {
        let code = try MessageCode.signing(Data(body.utf8), with: SigningSecret(Program.secret))
        let request = TransportRequest(
            .post, url: server.webhooks,
            headers: [
                ("Content-Type", "application/json"), ("X-Shopify-Topic", topic.rawValue),
                ("X-Shopify-Shop-Domain", shop), ("X-Shopify-Webhook-Id", webhookID),
                ("X-Shopify-API-Version", "2026-10"), ("X-Shopify-Hmac-Sha256", code.base64),
            ], body: Data(body.utf8))
        let response = try await withTransport { try await $0.send(request) }
        #expect(response.status == 200)
    }

    /// Runs a command against the private door.
    static func run(_ arguments: [String], _ server: Program.Server) async throws -> String {
        let outcome = try await Program.run(
            arguments + ["--admin", server.admin], environment: ["BELLHOP_ADMIN_TOKEN": Program.token])
        #expect(outcome.status == .exited(0), "\(outcome.errors)")
        return outcome.output
    }

    static func json(_ arguments: [String], _ server: Program.Server) async throws -> JSONValue {
        try JSONValue(parsing: Data(try await run(arguments + ["--json"], server).utf8))
    }

    /// The files below a folder that hold these bytes.
    static func files(in folder: URL, holding words: String) throws -> [String] {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            FileManager.default.contents(atPath: folder.appending(path: name).path)?
                .range(of: Data(words.utf8)) != nil
        }
    }

    /// Changes the database of a stopped server.
    static func change(_ data: URL, _ sql: String...) throws {
        let database = try DatabaseQueue(path: data.appending(path: "bellhop.sqlite").path)
        defer { try? database.close() }
        try database.write { db in for one in sql { try db.execute(sql: one) } }
    }
}
