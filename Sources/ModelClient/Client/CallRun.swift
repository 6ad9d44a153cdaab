import Foundation
import HTTPCore
import Logging
import Vocabulary

/// One call under way: does what the engine says and keeps the record.
struct CallRun {
    private let call: ModelCall
    private let plan: CallPlan
    private let client: FallbackClient
    private let size: PromptSize
    /// The chain, and after it the emergency models; the engine's turns name a place in it.
    private let targets: [CallTarget]
    /// Is told of each request once it is known what came of it.
    private let observe: FallbackClient.Observing
    private var attempts: [Attempt] = []
    /// What the model that is asked now is told about its last answer.
    private var correction: (target: Int, text: Correction)?
    private var answer: Answer?

    /// An accepted answer.
    private struct Answer {
        var content: ModelReply.Content
        var turn: Engine.Turn
    }

    init(
        call: ModelCall, plan: CallPlan, client: FallbackClient, observe: @escaping FallbackClient.Observing
    ) {
        self.call = call
        self.observe = observe
        self.plan = plan
        self.client = client
        size = PromptSize(of: call)
        targets = plan.targets + plan.emergencyTargets
    }

    mutating func run() async throws -> ModelReply {
        try Task.checkCancellation()
        let (id, first) = client.core.begin(offer)
        var directive = first
        while true {
            switch await next(directive, id) {
            case .ask(let turn):
                directive = client.core.conclude(id, await ask(turn))
                if let answer { return reply(answer) }
            case .finish(let finish):
                throw error(finish)
            }
        }
    }

    private func next(_ directive: ClientCore.Directive?, _ id: CallID) async -> ClientCore.Directive {
        if let directive { return directive }
        return await client.core.directive(for: id)
    }

    private var offer: Engine.Offer {
        let hops = targets.indices.map(hop)
        return Engine.Offer(
            hops: Array(hops.prefix(plan.targets.count)), emergencyHops: Array(hops.dropFirst(plan.targets.count)),
            task: call.routing.task, labels: plan.labels, priority: plan.priority, deadline: plan.deadline,
            maxRequests: plan.maxRequests, spendLimit: plan.spendLimit)
    }

    private func hop(_ index: Int) -> Engine.Offer.Hop {
        let (model, provider) = (targets[index].model, targets[index].provider)
        return Engine.Offer.Hop(
            target: index, model: model.name, provider: provider.name,
            worstCase: model.cost(promptTokens: size.bytes, completionTokens: call.maxTokens),
            tokens: size.likelyTokens(answer: call.maxTokens),
            timeout: model.timeout ?? client.configuration.limits.requestTimeout)
    }

    // MARK: One request

    private mutating func ask(_ turn: Engine.Turn) async -> Engine.Conclusion {
        let target = targets[turn.target]
        if correction?.target != turn.target { correction = nil }
        let encoder = RequestEncoder(model: target.model, provider: target.provider)
        let body: Data
        do {
            body = try encoder.body(for: call, policy: plan.policy, correction: correction?.text)
        } catch {
            return conclude(turn, Sent(cost: .none), .failure(FailureSignal(.invalidRequest, "it has no JSON form")))
        }
        let reservation = reservation(turn, target)
        do {
            try await client.ledger?.reserve(reservation)
        } catch {
            client.core.ledgerAnswered(false)
            return Engine.Conclusion(cost: .none, isUnrecorded: true)
        }
        client.core.ledgerAnswered(true)
        if Task.isCancelled {
            // Nothing has been sent, for certain.
            client.ledger?.settle(Settlement(id: reservation.id, cost: .none))
            return Engine.Conclusion(cost: .none, isAbandoned: true)
        }
        return await send(body, encoder, turn, reservation)
    }

    private func reservation(_ turn: Engine.Turn, _ target: CallTarget) -> Reservation {
        Reservation(
            id: UUID(), day: turn.day, at: client.core.time.date(), provider: target.provider.name,
            model: target.model.name, task: call.routing.task, labels: plan.labels, reference: call.reference,
            worstCase: turn.worstCase)
    }

    /// What is known of a request that was sent, or not.
    private struct Sent {
        var status: Int?
        var elapsed = Duration.zero
        var report = UsageReport.nothing
        var cost: Cost
        var generationID: String?
        /// The tokens at list price.
        var estimate: USD?

        mutating func take(_ reading: ResponseReading, from model: Model) {
            status = reading.status
            report = reading.report
            cost = reading.report.cost(for: model, status: reading.status)
            generationID = reading.generationID
            estimate = reading.report.usage.flatMap(model.listPrice)
        }
    }

    private mutating func send(
        _ body: Data, _ encoder: RequestEncoder, _ turn: Engine.Turn, _ reservation: Reservation
    ) async -> Engine.Conclusion {
        let limits = client.configuration.limits
        let time = client.core.time
        let start = time.uptime()
        let request = encoder.request(
            body: body,
            limits: .init(
                connect: min(limits.connectTimeout, turn.timeout), total: turn.timeout,
                responseBytes: limits.responseBytes),
            isStreamed: call.streaming != nil)
        var sent = Sent(cost: .unknown)
        var completion: Completion?
        var result: Result<ModelReply.Content, FailureSignal>
        do {
            let reading = try await Exchange(transport: client.transport, time: time)
                .perform(request, streaming: call.streaming, model: encoder.model.name)
            sent.take(reading, from: encoder.model)
            completion = try? reading.result.get()
            result = reading.result.flatMap(AnswerJudge(call).judge)
        } catch let error as TransportError {
            sent.cost = error.mayHaveBeenSent ? .unknown : .none
            sent.generationID = error.generationID
            result = .failure(FailureSignal(error))
        } catch {
            // The caller gave up. What was sent may have been billed; who has named it can be asked.
            sent.generationID = (error as? AbandonedStream)?.generationID
            client.ledger?.settle(
                Settlement(id: reservation.id, cost: .unknown, generationID: sent.generationID))
            sent.elapsed = time.uptime() - start
            keep(attempt(turn, sent, failure: Attempt.Failure(.timeout, "given up while the answer was under way")))
            return Engine.Conclusion(cost: .unknown, isAbandoned: true)
        }
        sent.elapsed = time.uptime() - start
        let accepted = try? result.get()
        client.ledger?.settle(
            Settlement(
                id: reservation.id, cost: sent.cost, usage: sent.report.usage, generationID: sent.generationID,
                isAccepted: accepted != nil, note: accepted.flatMap { call.note?($0, encoder.model.name) }))
        if let completion { prepareCorrection(completion, turn, encoder.model, &result) }
        return conclude(turn, sent, result)
    }

    /// Keeps a poor answer with what is wrong with it, for the case that the model is asked once more.
    private mutating func prepareCorrection(
        _ completion: Completion, _ turn: Engine.Turn, _ model: Model,
        _ result: inout Result<ModelReply.Content, FailureSignal>
    ) {
        guard case .failure(var signal) = result, signal.kind == .poorAnswer else { return }
        let text = Correction(answer: completion.transcript, complaint: signal.reason)
        let extra = PromptSize.bytes(of: text.messages)
        signal.correctionCost = model.promptPrice?.cost(of: extra) ?? .zero
        correction = (turn.target, text)
        result = .failure(signal)
    }

    // MARK: What came of it

    private mutating func conclude(
        _ turn: Engine.Turn, _ sent: Sent, _ result: Result<ModelReply.Content, FailureSignal>
    ) -> Engine.Conclusion {
        var failure: Attempt.Failure?
        var conclusion = Engine.Conclusion(cost: sent.cost, estimate: sent.estimate)
        conclusion.tokens = sent.report.usage.map { $0.promptTokens + $0.completionTokens }
        switch result {
        case .success(let content): answer = Answer(content: content, turn: turn)
        case .failure(let signal):
            failure = signal.failure
            conclusion.failure = signal
        }
        keep(attempt(turn, sent, failure: failure))
        return conclusion
    }

    private func attempt(_ turn: Engine.Turn, _ sent: Sent, failure: Attempt.Failure?) -> Attempt {
        Attempt(
            model: targets[turn.target].model.name, occasion: turn.occasion, status: sent.status,
            elapsed: sent.elapsed, usage: sent.report.usage, cost: sent.cost,
            worstCase: sent.cost == .unknown ? turn.worstCase : nil, generationID: sent.generationID, failure: failure)
    }

    private mutating func keep(_ attempt: Attempt) {
        attempts.append(attempt)
        observe(attempt)
        log(attempt)
    }

    private func reply(_ answer: Answer) -> ModelReply {
        ModelReply(
            content: answer.content, model: targets[answer.turn.target].model.name,
            isFallback: answer.turn.target > 0, attempts: attempts, skipped: answer.turn.skipped)
    }

    private func error(_ finish: Engine.Finish) -> any Error {
        switch finish.ending {
        case .cancelled: CancellationError()
        case .unrecorded: ModelClientError.unrecorded(attempts: attempts, skipped: finish.skipped)
        case .gaveUp(let ending):
            ModelClientError(ending, deadline: plan.deadline, attempts: attempts, skipped: finish.skipped)
        }
    }

    private func log(_ attempt: Attempt) {
        client.logger.debug(
            "Model asked",
            metadata: [
                "model": "\(attempt.model)", "status": "\(attempt.status.map(String.init) ?? "none")",
                "failure": "\(attempt.failure?.kind.rawValue ?? "none")",
            ])
    }
}
