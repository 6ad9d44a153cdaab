import Bellhop
import BellhopConfiguration
import BellhopServer
import Foundation
import InboxCore
import ModelClient
import TestSupport
import Testing
import Workers

/// What a subscription says held against the handlers: mistakes have the line of their value.
@Suite struct HandlerTableTests {
    private func table(_ subscription: String, destinations: Set<String> = []) throws -> HandlerTable {
        let models = try SettingsFile.read(text: ReloadStage.config).models
        return try TemporaryFolder.with(["a.yaml": subscription]) { folder in
            try HandlerTable(
                SubscriptionReader.read(folder: folder), handlers: [Tagger.self, Poster.self], models: models,
                destinations: destinations)
        }
    }

    @Test(arguments: [
        ("topic: orders/create\nhandler: x\nsettings: { tag: t }", 2, "names the handler x"),
        ("handler: tagger\ntopic: refunds/create\nsettings: { tag: t }", 2, "it reads only"),
        ("topic: orders/create\nhandler: poster\nsettings:\n  to: erp", 3, "bellhop.yaml has no destinations"),
        ("topic: orders/create\nhandler: tagger\nmodel: smal\nsettings: { tag: t }", 3, "names the model smal"),
        ("topic: orders/create\nhandler: tagger\nsettings:\n  gate: g\n  tag: [t]", 5, "tag:"),
        ("topic: orders/create\nhandler: tagger\nsettings:\n  gate: g", 3, "does not understand"),
    ])
    func `a mistake has its line`(subscription: String, line: Int, words: String) throws {
        let error = try #require(#expect(throws: ConfigurationError.self) { try table(subscription) })
        #expect(error.line == line, "\(error)")
        #expect(error.message.contains(words), "\(error)")
    }

    @Test func `a handler may post only where bellhop yaml has a destination`() throws {
        let subscription = "topic: orders/create\nhandler: poster\nsettings: { to: erp }"
        let table = try table(subscription, destinations: ["crm", "erp"])
        #expect(table.handler("poster", for: "orders/create")?.destinations == ["erp"])
        let error = try #require(
            #expect(throws: ConfigurationError.self) { try self.table(subscription, destinations: ["crm"]) })
        #expect(error.message.contains("only these destinations: crm"))
    }

    @Test func `guards are as the subscription says, and a loop is told by default`() throws {
        let plain = try table("topic: orders/create\nhandler: tagger\nsettings: { tag: t }")
        let handler = try #require(plain.handler("tagger", for: "orders/create"))
        #expect(handler.terms.echoGuard == nil)
        #expect(handler.terms.loopLimit == LoopLimit(runs: 10, window: .seconds(600)))
        let guarded = try table(
            """
            topic: orders/create
            handler: tagger
            settings: { tag: t }
            echo_guard: { fields: [tags, note] }
            loop_guard: { runs: 4 }
            """)
        let other = try #require(guarded.handler("tagger", for: "orders/create"))
        #expect(other.terms.echoGuard?.fields == ["tags", "note"])
        #expect(other.terms.loopLimit == LoopLimit(runs: 4, window: .seconds(600)))
    }

    @Test func `what is right is bound, with all that the subscription says`() throws {
        let table = try table(
            """
            topic: orders/create
            handler: tagger
            model: large
            priority: 8
            stale: skip
            coalesce: { max_wait: 30s }
            team: risk
            redact: [phone]
            data_policy: { no_training: true }
            settings: { tag: t }
            """)
        let handler = try #require(table.handler("tagger", for: "orders/create"))
        #expect(handler.terms.modelOverride == "large")
        #expect(handler.terms.priority == 8)
        #expect(handler.terms.skipsStale)
        #expect(handler.terms.coalescing == .seconds(30))
        #expect(
            table.bindings.handlers(for: "orders/create")
                == [JobPlan("tagger", priority: 8, coalescing: .seconds(30))])
        #expect(handler.terms.team == "risk")
        #expect(handler.redacts.contains(.phone))
        #expect(handler.dataPolicy.noTraining)
        #expect(table.handler("tagger", for: "orders/updated") == nil)
    }
}
