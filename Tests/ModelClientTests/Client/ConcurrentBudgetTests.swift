import Foundation
import HTTPCore
import Synchronization
import Testing
import Vocabulary

@testable import ModelClient

@Suite(.timeLimit(.minutes(2)))
struct ConcurrentBudgetTests {
    @Test(arguments: [1, 137, 2500])
    func `of 10,000 calls at once exactly as many are admitted as the budget fits`(fitting: Int) async throws {
        let transport = HeldTransport()
        var configuration = ModelClientConfiguration.sample(firstFallsBackTo: [], concurrency: 10_000)
        let call = ModelCall.sample()
        let worstCase = try #require(
            configuration.models[0].cost(promptTokens: PromptSize(of: call).bytes, completionTokens: call.maxTokens))
        let ceiling = USD(nanos: worstCase.nanos * Int64(fitting) + worstCase.nanos - 1)
        configuration.budgets = BudgetRules(budgets: [Budget(.all, daily: ceiling, ceiling: ceiling)])
        let client = FallbackClient(transport, configuration, time: VirtualTime(sleepsForever: true))

        let codes = await withTaskGroup(of: ModelClientError.Code?.self) { group in
            for _ in 0..<10_000 {
                group.addTask {
                    do {
                        _ = try await client.answer(call)
                        return nil
                    } catch {
                        return (error as? ModelClientError)?.code
                    }
                }
            }
            var codes: [ModelClientError.Code?] = []
            // Only those that are refused can end while the transport holds the others.
            while codes.count < 10_000 - fitting, let code = await group.next() { codes.append(code) }
            await transport.release()
            for await code in group { codes.append(code) }
            return codes
        }
        #expect(transport.total == fitting)
        #expect(codes.count { $0 == nil } == fitting)
        #expect(codes.count { $0 == .overBudget } == 10_000 - fitting)
    }
}

/// Answers nobody until it is told to.
private final class HeldTransport: Transport {
    private struct State {
        var isReleased = false
        var total = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var total: Int { state.withLock { $0.total } }

    func release() async {
        let waiting = state.withLock { state in
            state.isReleased = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        await withCheckedContinuation { continuation in
            let isReleased = state.withLock { state in
                state.total += 1
                if !state.isReleased { state.waiting.append(continuation) }
                return state.isReleased
            }
            if isReleased { continuation.resume() }
        }
        return TransportResponse(status: 200, body: Data(String.answer("fine").utf8))
    }
}
