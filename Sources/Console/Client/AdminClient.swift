import Bellhop
package import Foundation
package import HTTPCore
package import InboxCore
package import ModelClient

/// Asks a running server through its admin API.
package struct AdminClient: Sendable {
    private let baseURL: String
    private let token: AdminToken
    private let transport: any Transport

    /// Longer than the server takes for a rehearsal at most.
    private static let rehearsalTime = Duration.seconds(150)

    /// - Parameter baseURL: scheme, host and port, for example `http://127.0.0.1:8081`.
    package init(baseURL: String, token: AdminToken, transport: any Transport) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.token = token
        self.transport = transport
    }

    /// How the server is, also when it is not well.
    ///
    /// - Throws: ``AdminClientError``, as all the others do.
    package func health() async throws -> Health {
        let response = try await send(.get, "health")
        guard response.status == 503 else { return try read(Health.self, response) }
        return try decode(Health.self, response.body)
    }

    package func counts() async throws -> InboxCounts {
        try read(InboxCounts.self, try await send(.get, "counts"))
    }

    /// What the public door has refused.
    package func refusals() async throws -> RefusalReport {
        try read(RefusalReport.self, try await send(.get, "refusals"))
    }

    /// Newest first.
    package func events(_ filter: EventFilter = EventFilter()) async throws -> [EventSummary] {
        let pairs: [(String, String?)] = [
            ("state", filter.states.isEmpty ? nil : filter.states.map(\.rawValue).sorted().joined(separator: ",")),
            ("topic", filter.topic?.rawValue), ("shop", filter.shop?.domain), ("limit", String(filter.limit)),
        ]
        return try read(EventList.self, try await send(.get, "events?" + Self.query(pairs))).events
    }

    package func event(_ id: String) async throws -> EventDetail {
        try read(EventDetail.self, try await send(.get, "events/\(Self.escape(id))"))
    }

    /// Runs an event again.
    ///
    /// - Parameter anew: asks every question again, also those whose answers are recorded.
    /// - Returns: the number of jobs that became ready.
    package func retry(_ id: String, anew: Bool = false) async throws -> Int {
        let path = "events/\(Self.escape(id))/retry" + (anew ? "?anew=yes" : "")
        return try read(Retried.self, try await send(.post, path)).ready
    }

    /// Runs the handlers of an event without changing anything.
    ///
    /// - Parameter handlerID: the one handler to run; `nil` for all of the event.
    package func rehearse(
        _ id: String, from source: RehearsalSource, handlerID: String? = nil
    ) async throws -> [RehearsedRun] {
        let query = Self.query([("source", source.rawValue), ("handler", handlerID)])
        let response = try await send(
            .post, "events/\(Self.escape(id))/rehearsal?" + query, within: Self.rehearsalTime)
        return try read(Rehearsed.self, response).runs
    }

    /// The handlers of the server, and which of them are paused.
    package func handlers() async throws -> [HandlerStatus] {
        try read(HandlerList.self, try await send(.get, "handlers")).handlers
    }

    /// Ends a handler's pause.
    package func resume(handler id: String) async throws {
        _ = try read(Resumed.self, try await send(.post, "handlers/\(Self.escape(id))/resume"))
    }

    /// Newest first.
    package func effects(_ filter: EffectFilter = EffectFilter()) async throws -> [EffectSummary] {
        let pairs: [(String, String?)] = [
            ("state", filter.states.isEmpty ? nil : filter.states.map(\.rawValue).sorted().joined(separator: ",")),
            ("kind", filter.kind?.rawValue), ("destination", filter.destination), ("shop", filter.shop?.domain),
            ("limit", String(filter.limit)),
        ]
        return try read(EffectList.self, try await send(.get, "effects?" + Self.query(pairs))).effects
    }

    /// - Parameter key: as ``effects(_:)`` tells it.
    package func effect(under key: String) async throws -> EffectDetail {
        try read(EffectDetail.self, try await send(.get, try path(of: key)))
    }

    /// Has the server do with an effect what a person decided.
    ///
    /// - Returns: the effect as it is then.
    package func decide(_ decision: EffectDecision, onEffect key: String) async throws -> EffectDetail {
        try read(EffectDetail.self, try await send(.post, "\(try path(of: key))/\(decision.rawValue)"))
    }

    private func path(of key: String) throws -> String {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts.contains("") else {
            throw AdminClientError(
                .invalidRequest, "an effect's key has three parts, as `bellhop effects list` shows it")
        }
        return "effects/" + parts.map { Self.escape(String($0)) }.joined(separator: "/")
    }

    /// What failed, by what it failed of: the largest groups first.
    package func deadGroups(limit: Int = 50) async throws -> DeadGroups {
        try read(DeadGroups.self, try await send(.get, "dead?" + Self.query([("limit", String(limit))])))
    }

    /// Runs some jobs of a group again.
    ///
    /// - Parameters:
    ///   - latest: those that failed later are left alone.
    ///   - limit: up to 500.
    /// - Returns: how many became ready; 0 when none is left.
    package func retry(group fingerprint: String, failedBy latest: Date, limit: Int = 100) async throws -> Int {
        let pairs = [("before", ConsoleJSON.text(of: latest)), ("limit", String(limit))]
        let path = "dead/\(Self.escape(fingerprint))/retry?" + Self.query(pairs)
        return try read(Retried.self, try await send(.post, path)).ready
    }

    /// What models cost.
    ///
    /// - Parameters:
    ///   - from: the first day; `nil` for the first there is.
    ///   - to: the last day; `nil` for the last there is.
    package func costs(
        from: BudgetDay? = nil, to: BudgetDay? = nil, by dimensions: [CostQuery.Dimension]
    ) async throws -> CostReport {
        let pairs: [(String, String?)] = [
            ("from", from?.description), ("to", to?.description),
            ("by", dimensions.map(\.word).joined(separator: ",")),
        ]
        return try read(CostReport.self, try await send(.get, "costs?" + Self.query(pairs)))
    }

    /// Has the server read its configuration again.
    ///
    /// - Returns: what was taken up, or why nothing was.
    package func reload() async throws -> ReloadOutcome {
        let response = try await send(.post, "reload")
        switch response.status {
        case 422: return .refused(try decode(RefusedReload.self, response.body).mistakes)
        default: return .taken(try read(Reloaded.self, response))
        }
    }

    /// - Parameter answerBytes: the largest answer that is taken.
    func send(
        _ method: TransportRequest.Method, _ path: String, within time: Duration = .seconds(30),
        answerBytes: Int = 32 << 20
    ) async throws -> TransportResponse {
        do {
            return try await transport.send(
                TransportRequest(
                    method, url: "\(baseURL)/api/\(path)", headers: [("Authorization", "Bearer \(token.text)")],
                    limits: .init(connect: .seconds(2), total: time, responseBytes: answerBytes)))
        } catch let error as TransportError {
            throw AdminClientError(error, at: baseURL)
        }
    }

    func read<Value: Decodable>(_ type: Value.Type, _ response: TransportResponse) throws -> Value {
        guard response.status == 200 else { throw AdminClientError(response) }
        return try decode(type, response.body)
    }

    private func decode<Value: Decodable>(_ type: Value.Type, _ body: Data) throws -> Value {
        do {
            return try ConsoleJSON.decode(type, from: body)
        } catch {
            throw AdminClientError.notOurs
        }
    }

    private static func query(_ pairs: [(String, String?)]) -> String {
        pairs.compactMap { name, value in value.map { "\(name)=\(escape($0))" } }.joined(separator: "&")
    }

    static func escape(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            return character.isASCII && (character.isLetter || character.isNumber || "-._~".contains(character))
                ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

extension AdminClientError {
    static let notOurs = AdminClientError(
        .unexpectedAnswer,
        "what listens there does not answer like Bellhop; check the admin address, and that both are of one version")

    init(_ error: TransportError, at baseURL: String) {
        switch error.code {
        case .notConnected, .nameNotResolved:
            self.init(
                .notRunning,
                "no server answers at \(baseURL); start it with `bellhop serve`, or name another with --admin")
        default: self.init(.unavailable, "no complete answer from \(baseURL): \(error.message)")
        }
    }

    init(_ response: TransportResponse) {
        guard let problem = try? ConsoleJSON.decode(Problem.self, from: response.body) else {
            self = .notOurs
            return
        }
        switch response.status {
        case 400: self.init(.invalidRequest, problem.error)
        case 401:
            self.init(
                .unauthorized, "\(problem.error); set BELLHOP_ADMIN_TOKEN to the token the server was started with")
        case 404: self.init(.notFound, problem.error)
        case 409: self.init(.conflict, problem.error)
        default: self.init(.unavailable, problem.error)
        }
    }
}
