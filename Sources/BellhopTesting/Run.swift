public import Bellhop
public import Foundation
import Synchronization

/// Runs a handler on one event as Bellhop would, with scripted models and without causing the effects.
///
/// Questions asked at once must differ in their step, as in a running server.
///
/// What the handler ``WebhookHandler/redacts`` is taken out of its questions, so that a test sees what a model would.
///
/// - Parameters:
///   - now: what the handler gets as `context.now`; by default when the event was received.
///   - seed: begins what it gets from `context.randomness`: another seed, other numbers.
/// - Returns: the effects that the handler wants.
/// - Throws: what the handler throws, and ``ScriptError`` for a question without a good answer or an effect of a kind
///   or to a destination that the handler does not declare.
public func run<Handler: WebhookHandler>(
    _ handler: Handler, on event: Event<Handler.Payload>, with models: ScriptedModels = ScriptedModels(),
    at now: Date? = nil, seed: UInt64 = 0
) async throws -> [Effect] {
    let backend = ScriptedBackend(models: models, routing: Handler.routing)
    let constants = RunConstants(now: now ?? event.receivedAt, seed: seed)
    let context = Context(backend: backend, constants: constants)
        .holding(Redactor(removing: Handler.redacts, from: event.facts), policy: Handler.dataPolicy)
    let effects = try await handler.handle(event, in: context)
    for effect in effects where !Handler.effects.contains(effect.kind) {
        throw ScriptError.undeclaredEffect(effect.kind)
    }
    for case .post(let post) in effects where !handler.destinations.contains(post.destination) {
        throw ScriptError.undeclaredDestination(post.destination)
    }
    return effects
}

/// Connects the questions of one handler with a script.
private final class ScriptedBackend: ContextBackend {
    private let models: ScriptedModels
    private let routing: Routing
    private let names = Mutex(StepNames())

    init(models: ScriptedModels, routing: Routing) {
        self.models = models
        self.routing = routing
    }

    func answer(_ question: Question) async throws -> JSONValue {
        _ = try names.withLock { try $0.begin(question.step) }
        defer { names.withLock { $0.end(question.step) } }
        // A model takes its time; here another question gets the chance to come meanwhile.
        await Task.yield()
        return try models.answer(question, routing: routing)
    }
}
