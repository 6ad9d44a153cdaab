import ModelClient
import ModelStandIn
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct FaultTests {
    @Test func `asks the first model and knows what was charged`() async throws {
        try await StandInStage.with { stage in
            let reply = try await stage.client.answer(.sample(.mood()))
            #expect(reply.content == .json(["label": "happy"]))
            #expect(reply.model == "first")
            #expect(!reply.isFallback)
            let attempt = try #require(reply.attempts.first)
            let entry = try #require(stage.bill.requests.first)
            #expect(attempt.status == 200)
            #expect(
                attempt.usage == Usage(promptTokens: entry.promptTokens, completionTokens: entry.completionTokens))
            #expect(attempt.cost == .billed(try #require(entry.cost)))
            #expect(stage.bill.requests.count == 1)
            #expect(stage.bill.cost > .zero)
        }
    }

    @Test(arguments: FaultCase.all)
    func `gives the right verdict on`(_ fault: FaultCase) async throws {
        let standIn = StandInConfiguration(faults: [FaultRule(model: "first", fault: fault.fault)])
        try await StandInStage.with(standIn, adjust: { $0.models[0].timeout = fault.timeout }) { stage in
            let attempts = try await attempts(of: fault, on: stage)
            #expect(attempts.filter { $0.model == "first" }.compactMap(\.failure?.kind) == fault.failures)
            #expect(stage.time.sleeps == fault.waits)
            check(attempts, against: stage.bill, hidesCost: fault.hidesCost)
        }
    }

    @Test func `has a verdict on every fault that there is`() {
        // The client does not ask for streams.
        let names = Set(Fault.names).subtracting(Fault.streamNames)
        let named = Set(names.map { $0.prefix { !"[:".contains($0) } })
        let judged = Set(FaultCase.all.map { $0.fault.description.prefix { $0 != ":" } })
        #expect(judged == named.union(["raw"]))
    }

    /// Asks, and checks who answered or that the call was stopped.
    private func attempts(of fault: FaultCase, on stage: StandInStage) async throws -> [Attempt] {
        do {
            let reply = try await stage.client.answer(.sample(.mood()))
            #expect(reply.model == fault.answeredBy)
            #expect(reply.content == .json(["label": "happy"]))
            #expect(reply.attempts.last?.failure == nil)
            return reply.attempts
        } catch let error as ModelClientError {
            #expect(fault.answeredBy == nil)
            #expect(error.code == .stopped)
            return error.attempts
        }
    }

    /// Every attempt is on the bill in the same order, and a cost that the client claims to know is the one charged.
    private func check(_ attempts: [Attempt], against bill: BillStatement, hidesCost: Bool) {
        #expect(attempts.map(\.model) == bill.requests.map(\.model))
        for (attempt, entry) in zip(attempts, bill.requests) {
            #expect(attempt.cost.amount == nil || attempt.cost.amount == entry.cost)
        }
        let known = attempts.compactMap(\.cost.amount).total()
        #expect(hidesCost ? known < bill.cost : known == bill.cost)
    }
}
