import Foundation
import NIOCore
import NIOPosix
import Subprocess
import Synchronization
import TortureJudge

/// A run from the first start to the facts.
struct TortureRun: Sendable {
    let stage: Stage
    /// For how long the server is killed.
    let seconds: Double
    /// How long work may take to come to rest.
    let rest: Double

    func run() async throws -> Facts {
        // The stand-in takes the prices from the configuration, the configuration takes the address from the stand-in.
        try stage.configure(models: "http://127.0.0.1:1/v1")
        let receiver = Receiver(seed: stage.seed)
        let result = Mutex<Facts?>(nil)
        try await Models(stage: stage).serving { models in
            try await receiver.serving { address in
                try stage.configure(models: models, receiver: address)
                let deliversEffects = try await knowsDestinations()
                if deliversEffects { try stage.subscribeForwarding() } else { try stage.configure(models: models) }
                let facts = try await torture(withEffects: deliversEffects)
                result.withLock { $0 = facts }
            }
        }
        guard var facts = result.withLock({ $0 }) else { throw Broken("no facts") }
        // Only now: an answer to a killed server may have been billed after that.
        facts.bill = try Models(stage: stage).billed()
        facts.effects?.receipts = receiver.receipts
        return facts
    }

    /// Whether this server can be told where effects go.
    private func knowsDestinations() async throws -> Bool {
        let result = try await Child(
            command: [stage.bellhop, "routes", "--config", stage.config.path],
            environment: [Stage.destinationVariable: "x"],
            log: stage.file("routes.log")
        ).run { _, _ in }
        return result == .exited(0)
    }

    private func torture(withEffects: Bool) async throws -> Facts {
        var facts = Facts()
        facts.slots = Stage.slots
        let port = try await Self.freePort()
        let life = ServerLife(stage: stage, port: port)
        let load = Load(stage: stage, port: port)
        facts.runs = try await killUnderLoad(life, load, points: Fates.points + (withEffects ? Fates.effectPoints : []))
        facts.foundAfterKills = try Store(folder: stage.data).webhookIDs()
        say("sending everything again, then letting it come to rest")
        let last = try await life.live(.stopped(after: .zero)) {
            try await load.runAgain()
            try await comeToRest()
        }
        facts.runs.append(last)
        facts.sent = try load.answers("first")
        facts.sentAgain = try load.answers("again")
        let store = try Store(folder: stage.data)
        try store.read(into: &facts)
        if withEffects { facts.effects = Facts.Effects(planned: try store.effects(), receipts: []) }
        return facts
    }

    private func killUnderLoad(_ life: ServerLife, _ load: Load, points: [String]) async throws -> [Facts.ServerRun] {
        let end = ContinuousClock.now + .seconds(seconds)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await load.runAtRate() }
            var fates = Fates(points: points, seed: stage.seed)
            var runs: [Facts.ServerRun] = []
            while ContinuousClock.now < end {
                let run = try await life.live(fates.next())
                say("\(runs.count + 1): \(run.fate), \(run.ending)")
                runs.append(run)
            }
            group.cancelAll()
            while let ended = await group.nextResult() {
                if case .failure(let error as Broken) = ended { throw error }
            }
            return runs
        }
    }

    /// Waits until no job and no effect moves any more, or until its time is over: then the judge sees what is left.
    private func comeToRest() async throws {
        let end = ContinuousClock.now + .seconds(rest)
        let store = try Store(folder: stage.data)
        while ContinuousClock.now < end {
            if try await store.moving() == 0 { return }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// A port below those that the system gives to clients: a client that knocks at a closed port of its own range can
    /// end up connected to itself, and the server could not come back.
    private static func freePort() async throws -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: 20_000...29_999)
            let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            guard let channel = try? await bootstrap.bind(host: "127.0.0.1", port: port).get() else { continue }
            try await channel.close()
            return port
        }
        throw Broken("no free port from 20000 to 29999")
    }
}
