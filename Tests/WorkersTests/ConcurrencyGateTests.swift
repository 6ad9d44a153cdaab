import Synchronization
import Testing

@testable import Workers

@Suite(.timeLimit(.minutes(5)))
struct ConcurrencyGateTests {
    private let forever: @Sendable (Duration) async throws -> Void = { _ in
        // A stream without elements ends when the task is cancelled.
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        for await _ in stream {}
        continuation.finish()
    }

    private func enter(_ gate: ConcurrencyGate) async throws -> Bool {
        try await gate.enter(within: .seconds(1), sleep: forever)
    }

    /// Whether there is a place without waiting.
    private func entersAtOnce(_ gate: ConcurrencyGate) async throws -> Bool {
        try await gate.enter(within: .zero, sleep: { _ in })
    }

    /// Waits until so many stand in line.
    private func line(of count: Int, at gate: ConcurrencyGate) async {
        while gate.waiting != count { await Task.yield() }
    }

    @Test func `lets as many in as it is wide`() async throws {
        let gate = ConcurrencyGate(width: 2)
        #expect(try await enter(gate))
        #expect(try await enter(gate))
        let third = Task { try await enter(gate) }
        await line(of: 1, at: gate)
        gate.leave()
        #expect(try await third.value)
        #expect(gate.waiting == 0)
        #expect(try await !entersAtOnce(gate))
    }

    @Test func `serves the line in order`() async throws {
        let gate = ConcurrencyGate(width: 1)
        #expect(try await enter(gate))
        let record = Record()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<5 {
                group.addTask {
                    let entered = try await enter(gate)
                    #expect(entered)
                    record.served.withLock { $0.append(number) }
                    gate.leave()
                }
                await line(of: number + 1, at: gate)
            }
            gate.leave()
            try await group.waitForAll()
        }
        #expect(record.served.withLock { $0 } == [0, 1, 2, 3, 4])
    }

    @Test func `lets a cancelled one out of the line and loses no place`() async throws {
        let gate = ConcurrencyGate(width: 1)
        #expect(try await enter(gate))
        let cancelled = Task { try await enter(gate) }
        await line(of: 1, at: gate)
        let patient = Task { try await enter(gate) }
        await line(of: 2, at: gate)
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        gate.leave()
        #expect(try await patient.value)
        gate.leave()
        #expect(try await enter(gate))
    }

    @Test func `gives up when the time is over`() async throws {
        let gate = ConcurrencyGate(width: 1)
        #expect(try await enter(gate))
        let entered = try await gate.enter(within: .seconds(5), sleep: { #expect($0 == .seconds(5)) })
        #expect(!entered)
        #expect(gate.waiting == 0)
        gate.leave()
        #expect(try await enter(gate))
    }

    @Test func `loses no place that comes at the moment the time is over`() async throws {
        for _ in 0..<100 {
            let gate = ConcurrencyGate(width: 1)
            #expect(try await enter(gate))
            let entered = try await gate.enter(within: .seconds(1)) { _ in
                await line(of: 1, at: gate)
                gate.leave()
            }
            #expect(entered)
        }
    }

    @Test func `keeps its width under random cancellation`() async throws {
        let gate = ConcurrencyGate(width: 3)
        let record = Record()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                let task = Task {
                    guard try await enter(gate) else { return }
                    record.inside.withLock { $0 += 1 }
                    #expect(record.inside.withLock { $0 } <= 3)
                    await Task.yield()
                    record.inside.withLock { $0 -= 1 }
                    gate.leave()
                }
                if number % 3 == 0 { task.cancel() }
                group.addTask { _ = await task.result }
            }
        }
        #expect(gate.waiting == 0)
        for _ in 0..<3 { #expect(try await entersAtOnce(gate)) }
        #expect(try await !entersAtOnce(gate))
    }

    /// Who has drawn a ticket is not in line yet, and later tickets may be served before. That window is narrow, so
    /// this goes through many times.
    @Test func `leaves nobody in line while places are free`() async throws {
        let gate = ConcurrencyGate(width: 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    for _ in 0..<2000 {
                        let entered = try await enter(gate)
                        #expect(entered)
                        await Task.yield()
                        gate.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(gate.waiting == 0)
    }
}

/// What goes through a gate.
private final class Record: Sendable {
    let served = Mutex<[Int]>([])
    let inside = Mutex(0)
}
