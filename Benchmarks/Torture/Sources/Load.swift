import Foundation
import Replay
import Subprocess
import TortureJudge

/// The shops: `bellhop replay` with duplicates and forgeries, one process for each.
struct Load: Sendable {
    let stage: Stage
    let port: Int

    /// Sends at a fixed rate, whatever the server does, until cancelled.
    func runAtRate() async throws {
        try await run(name: "first", options: ["--rate", String(stage.rate), "--concurrency", "64"], isEndless: true)
    }

    /// Sends all of it again, as fast as it is answered.
    func runAgain() async throws {
        try await run(name: "again", options: ["--concurrency", "8"], isEndless: false)
    }

    func answers(_ name: String) throws -> [Facts.Answer] {
        try Stage.shops.indices.flatMap { try ReplayRecordFile.records(at: record(name, $0).path) }.map(
            Facts.Answer.init)
    }

    private func record(_ name: String, _ shop: Int) -> URL {
        stage.file("\(name)-\(shop).jsonl")
    }

    private func run(name: String, options: [String], isEndless: Bool) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, shop) in Stage.shops.enumerated() {
                group.addTask {
                    let status = try await child(name, index, shop, options).run { _, _ in }
                    // 1 says that some were not answered as by a server that is up.
                    guard [.exited(0), .exited(1)].contains(status) || (isEndless && Task.isCancelled) else {
                        throw Broken("bellhop replay ended as \(status)")
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func child(_ name: String, _ index: Int, _ shop: String, _ options: [String]) -> Child {
        Child(
            command: [
                stage.bellhop, "replay", stage.file("samples").path, "--to", "http://127.0.0.1:\(port)/webhooks",
                "--shop",
                shop, "--repeat", String(stage.repeats), "--duplicates", "0.2", "--forge", "0.1", "--seed",
                String(stage.seed &+ UInt64(index)), "--record", record(name, index).path, "--json",
            ] + options, environment: ["SHOPIFY_API_SECRET": Stage.secret], log: stage.file("replay.log"))
    }
}

extension Facts.Answer {
    fileprivate init(_ record: ReplayRecord) {
        self.init(
            webhookID: record.webhookID, isForged: record.kind == .forged, status: record.status,
            isKnown: record.isKnown)
    }
}

/// A run that cannot be judged.
struct Broken: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
