import Foundation
import Subprocess
import Synchronization
import TortureJudge

/// Runs the server once, to the end that is meant for it.
struct ServerLife: Sendable {
    let stage: Stage
    let port: Int

    /// How long a server may take to be ready.
    private static let patience = Duration.seconds(30)
    /// How long it may take to stop: longer than it gives the work in hand.
    private static let stopPatience = Duration.seconds(90)
    /// How long a server may take to come to a named point.
    private static let pointPatience = Duration.seconds(8)

    /// - Parameter meanwhile: for the fate `.stopped`: runs once the pause after the start is over; when it returns the
    ///   server is asked to stop.
    func live(
        _ fate: Fates.Fate, meanwhile: @escaping @Sendable () async throws -> Void = {}
    ) async throws -> Facts.ServerRun {
        let notes = LifeNotes()
        let child = Child(
            command: [
                stage.bellhop, "serve", "--config", stage.config.path, "--webhooks", stage.webhooks.path, "--data",
                stage.data.path, "--port", String(port), "--admin-port", "0", "--log-level", "info",
            ], environment: environment(fate), log: stage.file("server.log"))
        let status = try await child.run(hears: notes.hear) { process, ended in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await watchMemory(of: process, notes) }
                group.addTask { try await fulfil(fate, process, notes, ended, meanwhile) }
                // The end of the fate is the end of the watch.
                try await group.next()
                try await group.next()
            }
        }
        var run = notes.run(fate, status)
        if run.ending == .exited(0) { run.leftInHand = try Store(folder: stage.data).inHand() }
        return run
    }

    private func environment(_ fate: Fates.Fate) -> [String: String] {
        var environment = [
            "SHOPIFY_API_SECRET": Stage.secret, Stage.destinationVariable: Stage.destinationSecret, "LC_ALL": "C",
        ]
        if case .point(let name, let passing) = fate { environment["BELLHOP_CRASH_AT"] = "\(name):\(passing)" }
        return environment
    }

    private func fulfil(
        _ fate: Fates.Fate, _ process: pid_t, _ notes: LifeNotes, _ ended: Latch,
        _ meanwhile: @escaping @Sendable () async throws -> Void
    ) async throws {
        defer { notes.isOver.withLock { $0 = true } }
        switch fate {
        case .whileStarting(let pause):
            try await Task.sleep(for: pause)
            notes.kill(process)
        case .anyMoment(let pause):
            if await isReady(notes, ended) { try await Task.sleep(for: pause) }
            notes.kill(process)
        case .point:
            if await !ended.opens(within: Self.pointPatience) { notes.kill(process) }
        case .stopped(let pause):
            guard await isReady(notes, ended) else { return notes.kill(process) }
            try await Task.sleep(for: pause)
            try await meanwhile()
            Foundation.kill(process, SIGTERM)
            if await !ended.opens(within: Self.stopPatience) { notes.kill(process) }
        }
    }

    /// - Returns: `false` when it ended before it was ready, or took too long.
    private func isReady(_ notes: LifeNotes, _ ended: Latch) async -> Bool {
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end, await !ended.opens(within: .zero) {
            if await notes.ready.opens(within: .milliseconds(20)) { return true }
        }
        return false
    }

    /// Notes the most memory that the process ever had.
    private func watchMemory(of process: pid_t, _ notes: LifeNotes) async {
        while !notes.isOver.withLock({ $0 }) {
            if let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
                let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
                let size = line.split(separator: " ").compactMap({ Int($0) }).first
            {
                notes.peak.withLock { $0 = max($0, size) }
            }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }
}

/// What is noted while a server lives.
private final class LifeNotes: Sendable {
    let ready = Latch()
    let wasReady = Mutex(false)
    let wasKilled = Mutex(false)
    let isOver = Mutex(false)
    /// In KiB.
    let peak = Mutex(0)

    @Sendable func hear(_ line: String) {
        guard line.contains("webhooks=") else { return }
        wasReady.withLock { $0 = true }
        ready.open()
    }

    func kill(_ process: pid_t) {
        if Foundation.kill(process, SIGKILL) == 0 { wasKilled.withLock { $0 = true } }
    }

    func run(_ fate: Fates.Fate, _ status: TerminationStatus) -> Facts.ServerRun {
        let ending: Facts.Ending =
            switch status {
            case .exited(let code): .exited(Int(code))
            case .signaled(SIGKILL) where wasKilled.withLock { $0 }: .killed
            case .signaled(SIGKILL) where fate.isPoint: .crashPoint
            case .signaled(let signal): .signaled(Int(signal))
            }
        return Facts.ServerRun(
            fate: fate.meant, ending: ending, wasReady: wasReady.withLock { $0 }, peakKiB: peak.withLock { $0 })
    }
}

extension Fates.Fate {
    fileprivate var isPoint: Bool {
        if case .point = self { true } else { false }
    }

    /// Without the moment.
    fileprivate var meant: Facts.Fate {
        switch self {
        case .anyMoment: .anyMoment
        case .whileStarting: .whileStarting
        case .point(let name, _): .point(name)
        case .stopped: .stopped
        }
    }
}
