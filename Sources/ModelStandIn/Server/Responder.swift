import Foundation
import Synchronization
import Vocabulary

/// Decides the answer to each request and puts it on the bill. It does no I/O.
final class Responder: Sendable {
    private let configuration: StandInConfiguration
    private let bill: Bill
    private let state: Mutex<State>

    private struct State {
        var faults: FaultSchedule
        var answers = 0
    }

    init(configuration: StandInConfiguration, bill: Bill) {
        self.configuration = configuration
        self.bill = bill
        state = Mutex(State(faults: FaultSchedule(configuration.faults)))
    }

    /// - Parameter authorization: the value of the request's Authorization header.
    func respond(to body: Data, authorization: String?, now: Date) -> Outcome {
        let id = "gen-\(Int64(now.timeIntervalSince1970))-\(nextNumber())"
        var billed = BilledRequest(id: id, model: "", status: 0, tokens: .none)
        var outcome: Outcome
        do throws(APIError) {
            try authorize(authorization)
            let request = try CompletionRequest(parsing: body)
            (billed.model, billed.task, billed.answer) = (request.model, request.task, request.answerName)
            try inspect(request)
            let fault = state.withLock { $0.faults.next(for: request) }
            billed.fault = fault?.description
            outcome = answer(request, fault: fault, id: id, now: now)
        } catch {
            outcome = Outcome(refusing: error)
        }
        outcome.headers["X-Generation-Id"] = id
        outcome.delay += configuration.latency
        (billed.status, billed.tokens, billed.cost) = (outcome.status, outcome.tokens, outcome.cost)
        bill.record(billed)
        return outcome
    }

    private func nextNumber() -> Int {
        state.withLock { state in
            state.answers += 1
            return state.answers
        }
    }

    private func authorize(_ header: String?) throws(APIError) {
        guard let key = configuration.apiKey, header != "Bearer \(key)" else { return }
        throw .openRouter(401, "authentication", "The API key is missing or wrong")
    }

    /// Refuses what a strict server refuses.
    private func inspect(_ request: CompletionRequest) throws(APIError) {
        guard configuration.strict else { return }
        if let field = request.unknownField {
            throw .badRequest("Unrecognized request argument supplied: \(field)")
        }
        if configuration.prices[request.model] == nil {
            throw .openRouter(404, "not_found", "The model \(request.model) is not on the price list")
        }
    }

    private func answer(_ request: CompletionRequest, fault: Fault?, id: String, now: Date) -> Outcome {
        if let refusal = fault?.refusal(of: request) { return refusal }
        let text = reply(to: request)
        let completion = Completion(
            to: request, text: text, id: id, created: now, price: configuration.prices[request.model])
        return fault?.damage(to: completion, text: text) ?? Outcome(of: completion)
    }

    private func reply(to request: CompletionRequest) -> String {
        if let reply = configuration.answers.first(for: request)?.reply {
            return request.schema == nil ? reply.string ?? reply.text : reply.text
        }
        return request.schema.map { MinimalReply.value(for: $0).text } ?? "The stand-in has nothing to say to this."
    }
}

extension JSONValue {
    /// The value as JSON text.
    fileprivate var text: String {
        // Encoding fails only for numbers that JSON cannot write; parsed values have none.
        (try? canonicalData()).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
