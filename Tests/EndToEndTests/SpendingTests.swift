import Bellhop
import Foundation
import GRDB
import HTTPTransport
import Logging
import ModelStandIn
import Subprocess
import Testing

/// What was spent survives a crash and is never counted for too little.
@Suite(.timeLimit(.minutes(10))) struct SpendingTests {
    private static var kills: Int {
        ProcessInfo.processInfo.environment["BELLHOP_KILLS"].flatMap(Int.init) ?? 20
    }

    @Test func theLedgerIsNeverBelowTheBillAfterKills() async throws {
        try await Project.withFolder { folder in
            try await StandIn.serving { standIn in
                let config = try standIn.configuration(in: folder)
                for _ in 0..<Self.kills {
                    try await Program.serve(data: folder, config: config) { server in
                        try await load(server, until: standIn, hasBilled: .random(in: 1...30))
                    }
                    // What the stand-in was still answering is on its bill now or soon; it was reserved before it was
                    // sent.
                    #expect(try SpentMoney.charged(in: folder) >= standIn.billed)
                }
                let last = try await Program.serve(data: folder, config: config) { _ in }
                #expect(last.status == .exited(0))
                #expect(try SpentMoney.charged(in: folder) >= standIn.billed)
                #expect(try SpentMoney.open(in: folder) == 0)
            }
        }
    }

    @Test func withoutACrashTheLedgerEqualsTheBill() async throws {
        try await Project.withFolder { folder in
            try await StandIn.serving { standIn in
                let config = try standIn.configuration(in: folder)
                try await Program.serve(data: folder, config: config) { server in
                    let transport = CurlTransport()
                    let sender = try Sender(sample: "samples/orders/create/gift.wire.json", transport: transport)
                    for _ in 0..<50 { #expect(await sender.deliver(to: server.webhooks) != nil) }
                    await transport.close()
                    try await server.quiet()
                }
                #expect(standIn.billed > .zero)
                #expect(try SpentMoney.charged(in: folder) == standIn.billed)
                #expect(try SpentMoney.open(in: folder) == 0)
            }
        }
    }

    @Test func `the ceiling of a day holds over all restarts`() async throws {
        try await Project.withFolder { folder in
            try await StandIn.serving { standIn in
                // What is under way when the server is killed stays charged with its worst case: let that be little.
                let config = try standIn.configuration(
                    in: folder,
                    more: """
                        budgets: { daily: 0.02, ceiling: 0.02 }
                        events: { max_tokens: 200 }
                        """)
                let firstDay = Self.day
                for life in 1...4 {
                    try await Program.serve(data: folder, config: config) { server in
                        try await withTransport { transport in
                            let sender = try Sender(
                                sample: "samples/orders/create/gift.wire.json", transport: transport)
                            for _ in 0..<40 { _ = try #require(await sender.deliver(to: server.webhooks)) }
                        }
                        // Every other life has the time to ask for as much as it may; what is left waits for the next
                        // day.
                        if life.isMultiple(of: 2) { try await server.counts { $0.running == 0 && $0.waiting > 0 } }
                        try server.kill()
                    }
                }
                // Whoever runs this at midnight has two days to spend.
                let days = Self.day == firstDay ? 1 : 2
                #expect(standIn.billed > USD(nanos: USD.cents(1).nanos / 2))
                #expect(standIn.billed <= USD.cents(2 * days))
            }
        }
    }

    /// The days of budgets are those of UTC.
    private static var day: Int { Int(Date().timeIntervalSince1970) / 86_400 }

    /// Four senders at once; the server is killed when the stand-in has billed so many requests more.
    private func load(_ server: Program.Server, until standIn: StandIn, hasBilled count: Int) async throws {
        let transport = CurlTransport()
        let sender = try Sender(sample: "samples/orders/create/gift.wire.json", transport: transport)
        let target = standIn.requests + count
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    while await sender.deliver(to: server.webhooks) != nil {
                        if standIn.requests >= target { try? server.kill() }
                    }
                }
            }
        }
        await transport.close()
    }
}

/// What the ledger of a stopped server says, read without any of Bellhop's code.
private enum SpentMoney {
    /// Costs, and the worst case of what is not known.
    static func charged(in folder: URL) throws -> USD {
        USD(nanos: try number(in: folder, sql: "SELECT coalesce(sum(coalesce(cost, reserved)), 0) FROM ledger"))
    }

    /// Reservations that nothing has come of yet.
    static func open(in folder: URL) throws -> Int64 {
        try number(in: folder, sql: "SELECT count(*) FROM ledger WHERE state = 'reserved'")
    }

    private static func number(in folder: URL, sql: String) throws -> Int64 {
        let database = try DatabaseQueue(path: folder.appending(path: "bellhop.sqlite").path)
        defer { try? database.close() }
        return try database.read { try Int64.fetchOne($0, sql: sql) ?? 0 }
    }
}
