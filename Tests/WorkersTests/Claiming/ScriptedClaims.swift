import Synchronization

@testable import Workers

/// What a loop claims, as a test says, and what became of it.
final class ScriptedClaims: Sendable {
    /// Gets the number of looks so far, and the free slots; gives the names of the work.
    typealias Script = @Sendable (_ look: Int, _ free: Int) async throws -> [String]

    private struct State {
        var looks: [Int] = []
        var cancelled: [String] = []
        /// Each piece of work waits on a stream of its own: a stream ends with the first task that is cancelled on it.
        var gates: [String: AsyncStream<Void>.Continuation] = [:]
    }

    private let script: Script
    private let state = Mutex(State())
    /// The names of the work that began and ended.
    let began: AsyncStream<String>
    let ended: AsyncStream<String>
    private let beginning: AsyncStream<String>.Continuation
    private let ending: AsyncStream<String>.Continuation

    init(_ script: @escaping Script) {
        self.script = script
        (began, beginning) = AsyncStream.makeStream()
        (ended, ending) = AsyncStream.makeStream()
    }

    /// The free slots at each look.
    var looks: [Int] { state.withLock { $0.looks } }
    /// The work that was cancelled before it was let go.
    var cancelled: [String] { state.withLock { $0.cancelled } }

    func letGo(_ name: String) {
        state.withLock { $0.gates[name] }?.finish()
    }

    func claim(_ free: Int) async throws -> ClaimLoop.Batch {
        let look = state.withLock { state in
            state.looks.append(free)
            return state.looks.count
        }
        let names = try await script(look, free)
        return ClaimLoop.Batch(
            work: names.map { name in { await self.work(name) } }, mayHaveMore: names.count == free)
    }

    private func work(_ name: String) async {
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        state.withLock { $0.gates[name] = opener }
        beginning.yield(name)
        for await _ in gate {}
        if Task.isCancelled { state.withLock { $0.cancelled.append(name) } }
        ending.yield(name)
    }
}
