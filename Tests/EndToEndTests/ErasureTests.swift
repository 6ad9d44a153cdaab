import Bellhop
import BellhopTesting
import Foundation
import ModelStandIn
import Subprocess
import Testing

/// A real server, handlers and models: what a customer wrote goes through all of it, and a signed request takes it out
/// again.
@Suite(.timeLimit(.minutes(10))) struct ErasureTests {
    private static let marker = "Zq7PlantedMarkerOfZoe"
    private static let kept = "Kp4WordsOfSomebodyElse"
    private static let email = "zoe.planted@example.com"
    private static let shop = PrivacyPlace.shop
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
            #expect(try PrivacyPlace.files(in: data, holding: Self.marker) == [])
            #expect(try PrivacyPlace.files(in: data, holding: Self.email) == [])
            #expect(try PrivacyPlace.files(in: data, holding: Self.kept) != [])
            if request.topic == "shop/redact" { #expect(try PrivacyPlace.files(in: data, holding: Self.shop) == []) }
            for words in [Self.marker, Self.kept, Self.email, Program.secret, Program.token] {
                #expect(!log.contains { $0.contains(words) })
            }
        }
    }

    /// That the search above finds what an erasure leaves out.
    @Test(arguments: ["bodies", "steps", "effects"])
    func `an erasure that leaves one table out is found out`(table: String) async throws {
        try await erase(Request(topic: "customers/redact", brokenTable: table)) { (data: URL, _: [String]) throws in
            #expect(try PrivacyPlace.files(in: data, holding: Self.marker) != [])
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
                    let found = try [Self.marker, Self.kept].map { try PrivacyPlace.files(in: data, holding: $0) }
                    #expect(found.allSatisfy { !$0.isEmpty })
                }
                if let table = request.brokenTable { try freeze(table, in: data) }
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
            try await PrivacyPlace.deliver(
                "orders/create", order(number, customer: 7, email: Self.email, note: Self.marker), to: server)
            try await PrivacyPlace.deliver(
                "orders/create", order(100 + number, customer: 8, email: "otto@example.com", note: Self.kept),
                shop: Self.otherShop, to: server)
        }
        // Nobody handles these: they are held with their payload.
        let cart = #"{"email":"\#(Self.email)","note":"\#(Self.marker)"}"#
        try await PrivacyPlace.deliver("carts/update", cart, to: server)
        try await server.quiet()
        let events = try await PrivacyPlace.json(["events", "list", "--limit", "1000", "--state", "done"], server)
        let done = events.elements?.compactMap { $0["delivery_id"]?.string } ?? []
        #expect(done.count == 16)
        let event = try await PrivacyPlace.json(["events", "show", try #require(done.first)], server)
        let effect = event["jobs"]?[0]?["effects"]?[1]
        #expect(effect?["effect"]?["text"]?.string?.isEmpty == false)
    }

    private func askAndErase(_ topic: Topic, _ server: Program.Server) async throws {
        let customer = #""customer":{"id":7,"email":"\#(Self.email)","phone":null}"#
        let shop = #""shop_id":1,"shop_domain":"\#(Self.shop)""#
        try await PrivacyPlace.deliver(
            "customers/data_request", #"{\#(shop),\#(customer),"orders_requested":[],"data_request":{"id":1}}"#,
            to: server)
        try await server.quiet()
        let answer = try await PrivacyPlace.json(["privacy"], server)["data_requests"]?[0]?["exports"]?[0]?["id"]?
            .string
        let export = try await PrivacyPlace.run(["privacy", "export", try #require(answer)], server)
        #expect(export.contains(Self.marker))
        #expect(!export.contains(Self.kept))

        let body = topic == "shop/redact" ? "{\(shop)}" : #"{\#(shop),\#(customer),"orders_to_redact":[1]}"#
        try await PrivacyPlace.deliver(topic, body, to: server)
        try await server.quiet()
        let proof = try await PrivacyPlace.json(["privacy", "list"], server)["erasures"]?[0]
        #expect(proof?["kind"]?.string == topic.rawValue)
        #expect(proof?["finished_at"]?.string != nil)
        try await tables(showing: topic, try #require(proof?["id"]?.string), server)
    }

    /// What people read of it.
    private func tables(showing topic: Topic, _ id: String, _ server: Program.Server) async throws {
        let list = try await PrivacyPlace.run(["privacy"], server)
        for words in [id, topic.rawValue, "its time is over", "nothing; BELLHOP_STORAGE_KEY is not set"] {
            #expect(list.contains(words), "\(list)")
        }
        let erasure = try await PrivacyPlace.run(["privacy", "show", id], server)
        for words in [id, topic.rawValue, "erased: exports"] {
            #expect(erasure.contains(words), "\(erasure)")
        }
        let request = try await PrivacyPlace.json(["privacy"], server)["data_requests"]?[0]?["id"]?.string
        let shown = try await PrivacyPlace.run(["privacy", "show", try #require(request)], server)
        #expect(shown.contains("due") && shown.contains(topic == "shop/redact" ? ".invalid" : Self.shop), "\(shown)")
        let unknown = try await Program.run(
            ["privacy", "show", "nothing", "--admin", server.admin],
            environment: ["BELLHOP_ADMIN_TOKEN": Program.token])
        #expect(unknown.status != .exited(0))
        #expect(unknown.errors.contains("see `bellhop privacy list`"))
    }

    private func freeze(_ table: String, in data: URL) throws {
        for change in ["UPDATE", "DELETE"] {
            try PrivacyPlace.change(
                data,
                """
                CREATE TRIGGER frozen_\(change) BEFORE \(change) ON \(table)
                BEGIN SELECT RAISE(IGNORE); END
                """)
        }
    }

    /// The stand-in repeats the customers' words, so that they are in answers and effects too.
    private var answers: [CannedAnswer] {
        [Self.marker, Self.kept].map { words in
            CannedAnswer(
                task: "classification", answer: "OrderTriage", when: [words],
                reply: ["urgency": "urgent", "gift": false, "request": "other", "summary": .string("Says \(words)")])
        }
    }
}
