import Bellhop
import Cryptography
import Foundation
import GRDB
import HTTPCore
import HTTPTransport
import ModelStandIn
import Subprocess
import Testing

/// A real server, handlers and models: what a customer wrote goes through all of it, and a signed request takes it out again.
@Suite(.timeLimit(.minutes(5))) struct ErasureTests {
    private static let marker = "Zq7PlantedMarkerOfZoe"
    private static let kept = "Kp4WordsOfSomebodyElse"
    private static let email = "zoe.planted@example.com"
    private static let shop = "kelp-and-cotton.myshopify.com"
    private static let otherShop = "linen-and-lime.myshopify.com"

    struct Request: Sendable, CustomTestStringConvertible {
        var topic: Topic
        /// A table in which nothing can be changed or deleted any more before the request comes.
        var brokenTable: String?

        var testDescription: String { topic.rawValue + (brokenTable.map { ", \($0) broken" } ?? "") }
    }

    @Test(arguments: [Request(topic: "customers/redact"), Request(topic: "shop/redact")])
    func `no byte of it is left in any file, nor was there one in the log`(request: Request) async throws {
        try await erase(request) { (data: URL, log: [String]) throws in
            #expect(try files(in: data, holding: Self.marker) == [])
            #expect(try files(in: data, holding: Self.email) == [])
            #expect(try files(in: data, holding: Self.kept) != [])
            if request.topic == "shop/redact" { #expect(try files(in: data, holding: Self.shop) == []) }
            for words in [Self.marker, Self.kept, Self.email, Program.secret, Program.token] {
                #expect(!log.contains { $0.contains(words) })
            }
        }
    }

    /// That the search above finds what an erasure leaves out.
    @Test(arguments: ["bodies", "steps", "effects"])
    func `an erasure that leaves one table out is found out`(table: String) async throws {
        try await erase(Request(topic: "customers/redact", brokenTable: table)) { (data: URL, _: [String]) throws in
            #expect(try files(in: data, holding: Self.marker) != [])
        }
    }

    private func erase(
        _ request: Request, _ judge: @escaping @Sendable (URL, [String]) throws -> Void
    ) async throws {
        try await Project.withFolder { folder in
            let data = folder.appending(path: "data")
            let options = ["--log-level", "debug"]
            try await AnsweringStandIn.serving(answers) { port in
                let config = try AnsweringStandIn.configuration(port: port, in: folder)
                let first = try await Program.serve(data: data, config: config, options: options) { server in
                    try await fill(server)
                    let found = try [Self.marker, Self.kept].map { try files(in: data, holding: $0) }
                    #expect(found.allSatisfy { !$0.isEmpty })
                }
                if let table = request.brokenTable { try Self.freeze(table, in: data) }
                let second = try await Program.serve(data: data, config: config, options: options) { server in
                    try await askAndErase(request.topic, server)
                    try judge(data, first.log)
                }
                #expect(second.log.contains { $0.contains("erased on request") })
                // Once more when everything is closed.
                try judge(data, first.log + second.log)
            }
        }
    }

    // MARK: What comes in

    private func order(_ id: Int, customer: Int, email: String, note: String) -> String {
        #"{"id":\#(id),"note":"\#(note)","email":"\#(email)","customer":{"id":\#(customer)}}"#
    }

    private func fill(_ server: Program.Server) async throws {
        for number in 1...8 {
            try await deliver(
                "orders/create", order(number, customer: 7, email: Self.email, note: Self.marker), to: server)
            try await deliver(
                "orders/create", order(100 + number, customer: 8, email: "otto@example.com", note: Self.kept),
                shop: Self.otherShop, to: server)
        }
        // Nobody handles these: they are held with their payload.
        try await deliver("carts/update", #"{"email":"\#(Self.email)","note":"\#(Self.marker)"}"#, to: server)
        try await untilQuiet(server)
        let done = try await events(server, "--state", "done")
        #expect(done.count == 16)
        let effect = try await json(["events", "show", try #require(done.first)], server)["jobs"]?[0]?["effects"]?[1]
        #expect(effect?["effect"]?["text"]?.string?.isEmpty == false)
    }

    private func askAndErase(_ topic: Topic, _ server: Program.Server) async throws {
        let customer = #""customer":{"id":7,"email":"\#(Self.email)","phone":null}"#
        let shop = #""shop_id":1,"shop_domain":"\#(Self.shop)""#
        try await deliver(
            "customers/data_request", #"{\#(shop),\#(customer),"orders_requested":[],"data_request":{"id":1}}"#,
            to: server)
        try await untilQuiet(server)
        let answer = try await json(["privacy"], server)["dataRequests"]?[0]?["exports"]?[0]?["id"]?.string
        let export = try await Program.run(
            ["privacy", "export", try #require(answer), "--admin", server.admin],
            environment: ["BELLHOP_ADMIN_TOKEN": Program.token])
        #expect(export.output.contains(Self.marker))
        #expect(!export.output.contains(Self.kept))

        let body = topic == "shop/redact" ? "{\(shop)}" : #"{\#(shop),\#(customer),"orders_to_redact":[1]}"#
        try await deliver(topic, body, to: server)
        try await untilQuiet(server)
        let proof = try await json(["privacy", "list"], server)["erasures"]?[0]
        #expect(proof?["kind"]?.string == topic.rawValue)
        #expect(proof?["finishedAt"]?.string != nil)
    }

    /// The stand-in repeats the customers' words, so that they are in answers and effects too.
    private var answers: [CannedAnswer] {
        [Self.marker, Self.kept].map { words in
            CannedAnswer(
                task: "classification", answer: "OrderTriage", when: [words],
                reply: ["urgency": "urgent", "gift": false, "request": "other", "summary": .string("Says \(words)")])
        }
    }

    private func deliver(
        _ topic: Topic, _ body: String, shop: String = shop, to server: Program.Server
    ) async throws {
        let transport = CurlTransport()
        let code = try MessageCode.signing(Data(body.utf8), with: SigningSecret(Program.secret))
        let response = try await transport.send(
            TransportRequest(
                .post, url: server.webhooks,
                headers: [
                    ("Content-Type", "application/json"), ("X-Shopify-Topic", topic.rawValue),
                    ("X-Shopify-Shop-Domain", shop), ("X-Shopify-Webhook-Id", UUID().uuidString),
                    ("X-Shopify-API-Version", "2026-10"), ("X-Shopify-Hmac-Sha256", code.base64),
                ], body: Data(body.utf8)))
        #expect(response.status == 200)
        await transport.close()
    }

    // MARK: What can be seen from outside

    private func json(_ arguments: [String], _ server: Program.Server) async throws -> JSONValue {
        let outcome = try await Program.run(
            arguments + ["--admin", server.admin, "--json"], environment: ["BELLHOP_ADMIN_TOKEN": Program.token])
        #expect(outcome.status == .exited(0), "\(outcome.errors)")
        return try JSONValue(parsing: outcome.json)
    }

    private func events(_ server: Program.Server, _ arguments: String...) async throws -> [String] {
        try await json(["events", "list", "--limit", "1000"] + arguments, server).elements?
            .compactMap { $0["deliveryID"]?.string } ?? []
    }

    private func untilQuiet(_ server: Program.Server) async throws {
        while try await !events(server, "--state", "ready", "--state", "running", "--state", "waiting").isEmpty {}
    }

    private func files(in folder: URL, holding words: String) throws -> [String] {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            FileManager.default.contents(atPath: folder.appending(path: name).path)?
                .range(of: Data(words.utf8)) != nil
        }
    }

    private static func freeze(_ table: String, in folder: URL) throws {
        let database = try DatabaseQueue(path: folder.appending(path: "bellhop.sqlite").path)
        defer { try? database.close() }
        try database.write { db in
            for change in ["UPDATE", "DELETE"] {
                try db.execute(
                    sql: """
                        CREATE TRIGGER frozen_\(change) BEFORE \(change) ON \(table)
                        BEGIN SELECT RAISE(IGNORE); END
                        """)
            }
        }
    }
}
