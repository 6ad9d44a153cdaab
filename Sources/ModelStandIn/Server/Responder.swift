import BellhopTesting
import Foundation
import Vocabulary

/// Decides the answer to each request and puts it on the bill. It does no I/O.
final class Responder: Sendable {
    private let configuration: StandInConfiguration
    private let controls: StandInControls
    private let bill: Bill
    private let traits: PersonalityTraits
    private let rules: RequestRules
    private let ids: AnswerIDs

    init(configuration: StandInConfiguration, controls: StandInControls, bill: Bill) {
        self.configuration = configuration
        self.controls = controls
        self.bill = bill
        traits = configuration.personality.traits
        rules = RequestRules(
            traits: traits, isStrict: configuration.strict, reasoningModels: configuration.reasoningModels)
        ids = AnswerIDs(prefix: traits.idPrefix)
    }

    /// - Parameter authorization: the value of the request's Authorization header.
    /// - Returns: what to send, and its entry on the bill.
    func respond(to body: Data, authorization: String?, now: Date) -> (Outcome, BillStatement.Entry) {
        let id = ids.next(at: now)
        // Once for the whole request: its price must not change between the limit it is held against and the charge.
        let prices = controls.prices.charged
        var billed = BilledRequest(id: id, created: now)
        var outcome: Outcome
        do throws(APIError) {
            let request = try read(body, authorization: authorization)
            (billed.model, billed.task, billed.answer) = (request.model, request.task, request.answerName)
            try rules.check(request, price: prices[request.model])
            let fault = controls.faults.next(for: request)
            billed.fault = fault?.description
            outcome = respond(to: request, fault: fault, prices: prices, id: id, now: now)
        } catch {
            outcome = Outcome(refusing: error, shape: traits.errorShape)
        }
        addHeaders(to: &outcome, id: id)
        outcome.delay += configuration.latency
        (billed.status, billed.charge) = (outcome.status, outcome.charge)
        return (outcome, bill.record(billed))
    }

    private func read(_ body: Data, authorization: String?) throws(APIError) -> CompletionRequest {
        do throws(APIError) {
            try authorize(authorization)
            let request = try CompletionRequest(parsing: body, limitNames: traits.tokenLimitNames)
            controls.arrivals.count(request.model)
            return request
        } catch {
            controls.arrivals.count("")
            throw error
        }
    }

    /// - Throws: ``APIError`` with status 401 for another key than the one that is set.
    func authorize(_ header: String?) throws(APIError) {
        guard let key = configuration.apiKey, header != "Bearer \(key)" else { return }
        throw APIError(401, "authentication", "The API key is missing or wrong")
    }

    private func respond(
        to request: CompletionRequest, fault: Fault?, prices: [String: ModelPrice], id: String, now: Date
    ) -> Outcome {
        switch fault {
        case .raw(let response):
            return Outcome(status: response.status, headers: response.headers, text: response.body)
        case .refusal(let refusal):
            let others = prices.keys.filter { $0 != request.model }.sorted().prefix(3)
            return refusal.outcome(
                in: RefusalContext(request: request, now: now, otherModels: Array(others)), shape: traits.errorShape)
        case .content, .body, .stream, .delivery, nil: break
        }
        let canned = configuration.answers.first(for: request)
        let completion = Completion(
            to: request, reply: canned?.text(for: request) ?? request.minimalReply, reasoning: canned?.reasoning,
            id: id, created: now, prices: prices)
        return outcome(of: Answer(completion, to: request, traits: traits), fault: fault)
    }

    private func outcome(of answer: Answer, fault: Fault?) -> Outcome {
        var answer = answer
        switch fault {
        case .content(let fault): fault.apply(to: &answer.completion)
        case .body(let fault): fault.apply(to: &answer)
        case .stream(let fault): fault.apply(to: &answer)
        case .delivery, .refusal, .raw, nil: break
        }
        var outcome = Outcome(of: answer)
        if case .delivery(let fault) = fault { fault.apply(to: &outcome) }
        return outcome
    }

    private func addHeaders(to outcome: inout Outcome, id: String) {
        if let name = traits.idHeader { outcome.headers[name] = id }
        if outcome.status == 429, outcome.headers["Retry-After"] == nil {
            outcome.headers.merge(traits.rateLimitHeaders) { own, _ in own }
        }
    }
}
