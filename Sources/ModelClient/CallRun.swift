import Foundation
import HTTPCore
import Logging
import Vocabulary

/// A model and who serves it.
struct CallTarget: Sendable {
    var model: Model
    var provider: Provider
}

/// One call under way: performs what ``CallProgress`` decides and keeps the record.
struct CallRun {
    private let call: ModelCall
    private let client: FallbackClient
    private let targets: [CallTarget]
    private var progress: CallProgress
    private var spending: Spending
    private var attempts: [Attempt] = []

    /// What came of one turn.
    private enum Turn {
        case answered(ModelReply.Content)
        case next(CallProgress.Event)
        case outOfTime
    }

    /// A request ready to be sent, and the most that it can cost.
    private struct Draft {
        var encoder: RequestEncoder
        var body: Data
        var worstCase: USD?
    }

    init(call: ModelCall, client: FallbackClient, targets: [CallTarget]) {
        self.call = call
        self.client = client
        self.targets = targets
        progress = CallProgress(
            hops: targets.map { CallProgress.Hop(model: $0.model.name, provider: $0.provider.name) },
            rules: client.configuration.retries, maxRequests: client.configuration.limits.maxRequests,
            deadline: client.time.uptime() + call.deadline)
        spending = Spending(limit: call.spendLimit)
    }

    mutating func answer() async throws -> ModelReply {
        var event = CallProgress.Event.started
        while true {
            try Task.checkCancellation()
            switch progress.next(after: event, at: client.time.uptime(), chance: client.chance()) {
            case .wait(let duration):
                try await client.time.sleep(duration)
                event = .waited
            case .giveUp(let ending):
                throw ModelClientError(ending, deadline: call.deadline, attempts: attempts)
            case .ask(let index):
                switch try await take(turn: targets[index]) {
                case .next(let next): event = next
                case .outOfTime: throw ModelClientError(.deadline, deadline: call.deadline, attempts: attempts)
                case .answered(let content):
                    return ModelReply(
                        content: content, model: targets[index].model.name, isFallback: index > 0, attempts: attempts)
                }
            }
        }
    }

    private mutating func take(turn target: CallTarget) async throws -> Turn {
        if let rest = client.resting.remaining(for: target.model.name, at: client.time.uptime()) {
            return .next(.resting(rest))
        }
        let draft = try draft(for: target)
        guard spending.admits(draft.worstCase) else {
            let signal = FailureSignal(
                .overSpendLimit, draft.worstCase == nil ? "price not known" : "worst case is over the limit")
            record(Attempt(model: target.model.name, status: nil, elapsed: .zero, cost: .none, failure: signal.failure))
            return .next(.failed(signal))
        }
        let timeLeft = progress.timeLeft(at: client.time.uptime())
        guard try await client.gate.enter(within: timeLeft, sleep: client.time.sleep) else { return .outOfTime }
        defer { client.gate.leave() }
        // While this call stood in line, another may have been told that the model wants no requests.
        if let rest = client.resting.remaining(for: target.model.name, at: client.time.uptime()) {
            return .next(.resting(rest))
        }
        return try await send(draft, to: target)
    }

    private func draft(for target: CallTarget) throws -> Draft {
        let encoder = RequestEncoder(model: target.model, provider: target.provider)
        let body = try encoder.body(for: call)
        let worstCase = target.model.worstCase(requestBytes: body.count, maxTokens: call.maxTokens)
        return Draft(encoder: encoder, body: body, worstCase: worstCase)
    }

    private mutating func send(_ draft: Draft, to target: CallTarget) async throws -> Turn {
        let limits = client.configuration.limits
        let start = client.time.uptime()
        guard let timeout = progress.admit(upTo: target.model.timeout ?? limits.requestTimeout, at: start) else {
            return .outOfTime
        }
        let request = draft.encoder.request(
            body: draft.body,
            limits: .init(
                connect: min(limits.connectTimeout, timeout), total: timeout, responseBytes: limits.responseBytes))
        var attempt = Attempt(model: target.model.name, status: nil, elapsed: .zero, cost: .unknown)
        let result: Result<ModelReply.Content, FailureSignal>
        do {
            let response = try await client.transport.send(request)
            let reading = ResponseDecoder(now: client.time.date()).reading(of: response)
            attempt.status = response.status
            attempt.usage = reading.report.usage
            attempt.cost = reading.report.cost(for: target.model, status: response.status)
            result = reading.result.flatMap(AnswerJudge(format: call.answer).judge)
        } catch let error as TransportError {
            attempt.cost = error.mayHaveBeenSent ? .unknown : .none
            result = .failure(FailureSignal(error))
        }
        attempt.elapsed = client.time.uptime() - start
        if attempt.cost == .unknown { attempt.worstCase = draft.worstCase }
        spending.settle(attempt.cost, worstCase: draft.worstCase)
        return conclude(attempt, result)
    }

    private mutating func conclude(_ attempt: Attempt, _ result: Result<ModelReply.Content, FailureSignal>) -> Turn {
        switch result {
        case .success(let content):
            record(attempt)
            return .answered(content)
        case .failure(let signal):
            var attempt = attempt
            attempt.failure = signal.failure
            record(attempt)
            if let rest = signal.rest {
                client.resting.rest(attempt.model, for: rest, at: client.time.uptime())
            }
            return .next(.failed(signal))
        }
    }

    private mutating func record(_ attempt: Attempt) {
        attempts.append(attempt)
        client.logger.debug(
            "Model asked",
            metadata: [
                "model": "\(attempt.model)", "status": "\(attempt.status.map(String.init) ?? "none")",
                "failure": "\(attempt.failure?.kind.rawValue ?? "none")",
            ])
    }
}
