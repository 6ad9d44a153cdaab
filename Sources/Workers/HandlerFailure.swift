import Bellhop
import Foundation
import InboxCore

/// Why a handler's run came to no result, and what becomes of the event for it. A plain value.
struct HandlerFailure: Sendable, Hashable {
    enum Remedy: Sendable, Hashable {
        /// The attempt counts; the event runs again, after the policy's pause unless another is given.
        case again(after: Duration? = nil)
        /// Nothing is wrong with the event: it is put off.
        case later(after: Duration? = nil)
        /// A person has to look.
        case person
    }

    /// What it says about the handler.
    enum Meaning: Sendable, Hashable {
        /// Something is wrong with the handler or its surroundings: other events may fail alike.
        case fault
        /// The handler decided so.
        case decision
        /// It could not come to an end: a provider asks to wait, or it did not run.
        case nothing
    }

    /// A fixed word for what went wrong.
    var kind: String
    /// What tells two failures of this kind apart, the same for every event.
    var detail: String
    /// For people. It holds no values from outside.
    var reason: String
    var remedy: Remedy
    var meaning: Meaning

    /// - Parameter step: the question that got no answer, if one did not.
    init(_ error: any Error, step: String?) {
        let place = step.map(Self.masked) ?? ""
        switch error {
        case let error as UndecodableBody:
            self.init(
                "undecodable", Self.masked(error.place), .person,
                "the body is not what the handler reads, at \(error.place)")
        case let error as UndeclaredEffect:
            self.init(
                "undeclared_effect", error.kind.rawValue, .person,
                "the handler wants an effect of kind \(error.kind.rawValue) that it does not declare")
        case is UndeclaredDestination:
            self.init(
                "undeclared_destination", "", .person,
                "the handler wants to post to a destination that it does not name among its destinations")
        case is UnstorableEffect:
            self.init(
                "unstorable_effect", "", .person,
                "the handler wants an effect that cannot be stored as JSON: it holds a number that is none, or is nested "
                    + "more than 200 levels deep together with what is written around it")
        case let error as StepNameError:
            self.init("step_name", "", .person, error.description)
        case HandlerError.hold(let reason):
            self.init("hold", Self.masked(reason), .person, reason, .decision)
        case HandlerError.retry(let pause, let reason):
            self.init("not_yet", Self.masked(reason), .again(after: pause), reason, .decision)
        case QuestionError.wait(let pause, let reason):
            self.init("wait", place, .later(after: pause), reason, .nothing)
        case QuestionError.outage(let reason):
            self.init("outage", place, .later(), reason, .nothing)
        case QuestionError.needsPerson(let cause, let reason):
            self.init(cause.rawValue, place, .person, reason)
        case QuestionError.noAnswer(let reason):
            self.init("no_answer", place, .again(), reason)
        default:
            // The text of an unknown error may quote a customer: its type must do.
            let type = "\(type(of: error))"
            self.init("threw", type, .again(), "the handler threw \(type)")
        }
    }

    static func unbound(_ claim: Claim) -> HandlerFailure {
        HandlerFailure(
            "unbound", claim.delivery.topic.rawValue, .person,
            "no handler \(claim.handlerID) is bound to this topic; add it to webhooks/ and retry the event",
            .nothing)
    }

    static let overran = HandlerFailure(
        "overran", "", .again(),
        "the handler ran longer than events.deadline; if its work needs the time, allow more in bellhop.yaml")

    private init(_ kind: String, _ detail: String, _ remedy: Remedy, _ reason: String, _ meaning: Meaning = .fault) {
        self.kind = kind
        self.detail = detail
        self.reason = reason
        self.remedy = remedy
        self.meaning = meaning
    }

    /// Without the numbers, which are the event's own: the index of a line item, an order's number.
    private static func masked(_ text: String) -> String {
        text.replacing(#/[0-9]+/#, with: "0")
    }

    func fingerprint(for handlerID: String) -> ErrorFingerprint {
        ErrorFingerprint(handlerID: handlerID, kind: kind, detail: detail)
    }
}
