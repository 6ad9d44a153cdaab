import Bellhop
import Foundation
import Hummingbird
import InboxCore

extension AdminAPI {
    func addEffectRoutes(to group: RouterGroup<BasicRequestContext>) {
        group.get("effects") { request, _ in
            let filter = try EffectFilter(query: request.uri.queryParameters)
            return try Response(json: EffectList(effects: try await effects.effects(filter)))
        }
        // A key is a delivery, a handler and a position.
        group.get("effects/:delivery/:handler/:position") { _, context in
            try Response(json: try await effect(under: try key(context)))
        }
        group.post("effects/:delivery/:handler/:position/:decision") { _, context in
            try await decided(try context.parameters.require("decision"), on: try key(context))
        }
    }

    private func key(_ context: BasicRequestContext) throws -> String {
        try ["delivery", "handler", "position"].map { try context.parameters.require($0) }.joined(separator: "/")
    }

    private func effect(under key: String) async throws -> EffectDetail {
        guard let detail = try await effects.effect(under: key) else { throw InboxError.noEffect }
        return detail
    }

    private func decided(_ word: String, on key: String) async throws -> Response {
        guard let decision = EffectDecision(rawValue: word) else {
            throw ConsoleError(.notFound, "not_found", "there is nothing at this path")
        }
        try await effects.decide(decision, onEffect: key, at: Date())
        return try Response(json: try await effect(under: key))
    }
}

extension EffectFilter {
    /// Reads `state` (several with commas), `kind`, `destination`, `shop` and `limit`; what is missing or empty does
    /// not filter.
    ///
    /// - Throws: ``ConsoleError`` for a value that cannot be meant.
    init(query: Parameters) throws {
        func value(_ name: Substring) -> String? {
            query[name].map(String.init).flatMap { $0.isEmpty ? nil : $0 }
        }
        let states = try value("state")?.split(separator: ",").map { name in
            try Self.word(EffectState.Name.self, String(name), called: "state")
        }
        self.init(
            states: Set(states ?? []),
            kind: try value("kind").map { try Self.word(Effect.Kind.self, $0, called: "kind") },
            destination: value("destination"), shop: try value("shop").map(EventFilter.shop),
            limit: try value("limit").map(EventFilter.limit) ?? 50)
    }

    private static func word<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type, _ text: String, called name: String
    ) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: text) else {
            let allowed = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConsoleError(.badRequest, "unknown_\(name)", "\(name) must be one of: \(allowed)")
        }
        return word
    }
}
