public import Bellhop

/// Runs a handler on one event as Bellhop would, with scripted models and without causing the effects.
///
/// What the handler ``WebhookHandler/redacts`` is taken out of its questions, so that a test sees what a model would.
///
/// - Returns: the effects that the handler wants.
/// - Throws: what the handler throws, and ``ScriptError`` for a question without a good answer or an effect of a kind
///   that the handler does not declare.
public func run<Handler: WebhookHandler>(
    _ handler: Handler, on event: Event<Handler.Payload>, with models: ScriptedModels = ScriptedModels()
) async throws -> [Effect] {
    let backend = ScriptedBackend(models: models, routing: Handler.routing)
    let context = Context(backend: backend)
        .holding(Redactor(removing: Handler.redacts, from: event.facts), policy: Handler.dataPolicy)
    let effects = try await handler.handle(event, in: context)
    for effect in effects where !Handler.effects.contains(effect.kind) {
        throw ScriptError.undeclaredEffect(effect.kind)
    }
    return effects
}

/// Connects the questions of one handler with a script.
private struct ScriptedBackend: ContextBackend {
    var models: ScriptedModels
    var routing: Routing

    func answer(_ question: Question) async throws -> JSONValue {
        try models.answer(question, routing: routing)
    }
}
