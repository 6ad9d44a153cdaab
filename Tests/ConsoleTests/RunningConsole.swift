import Bellhop
import Console
import Foundation
import HTTPCore
import InboxCore
import Logging
import ModelClient
import ServiceTestSupport

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A private door on a free port of loopback.
struct RunningConsole: Sendable {
    static let token = "a-token-for-tests"
    let url: String

    static func open(
        inbox: ShelfInbox = ShelfInbox(), effects: any EffectQueue = MemoryInbox(), ledger: any Ledger = MemoryLedger(),
        creditFee: Decimal = 0, refusals: RefusalReport = RefusalReport(), reloadComesTo outcome: ReloadOutcome? = nil,
        workers: WorkerDesk? = nil, privacy: (any PrivacyStore)? = nil, log: RecordingLog? = nil,
        _ body: (RunningConsole) async throws -> Void
    ) async throws {
        var logger = log?.logger ?? Logger(label: "console")
        if log == nil { logger.logLevel = .error }
        var reload: (@Sendable () async -> ReloadOutcome)?
        if let outcome { reload = { outcome } }
        try await RunningServer.run {
            PrivateDoor(
                configuration: PrivateDoorConfiguration(port: 0, token: AdminToken(token)), inbox: inbox,
                effects: effects, ledger: ledger, creditFee: { creditFee }, privacy: privacy,
                bindings: { TopicBindings(["orders/create": ["order-created", "greeter"]]) },
                details: { ["accepted": 7] }, refusals: { refusals }, reload: reload, workers: workers, logger: logger,
                onRunning: $0)
        } during: { door in
            try await body(RunningConsole(url: "http://127.0.0.1:\(door.port)"))
        }
    }

    func client(token: String = token) -> AdminClient {
        AdminClient(baseURL: url, token: AdminToken(token), transport: SessionTransport())
    }

    /// Sends a request with these headers.
    func send(
        _ method: TransportRequest.Method = .get, _ path: String,
        headers: [(name: String, value: String)] = [("Authorization", "Bearer \(token)")]
    ) async throws -> TransportResponse {
        try await SessionTransport().send(TransportRequest(method, url: url + path, headers: headers))
    }
}

/// Carries requests with Foundation's URL loading: the tests of the console need no libcurl.
struct SessionTransport: Transport {
    func send(_ request: TransportRequest) async throws -> TransportResponse {
        guard let url = URL(string: request.url) else {
            throw TransportError(.invalidRequest, "not a URL", mayHaveBeenSent: false)
        }
        var urlRequest = URLRequest(url: url)
        urlRequest.httpMethod = request.method.rawValue
        for (name, value) in request.headers { urlRequest.setValue(value, forHTTPHeaderField: name) }
        let session = URLSession(configuration: .ephemeral)
        defer { session.finishTasksAndInvalidate() }
        do {
            let (data, response) = try await session.data(for: urlRequest)
            guard let response = response as? HTTPURLResponse else {
                throw TransportError(.other, "not HTTP", mayHaveBeenSent: true)
            }
            let headers = response.allHeaderFields.map { (name: "\($0.key)", value: "\($0.value)") }
            return TransportResponse(status: response.statusCode, headers: headers, body: data)
        } catch let error as URLError {
            throw TransportError(
                error.code == .cannotConnectToHost ? .notConnected : .other, "no answer", mayHaveBeenSent: false)
        }
    }
}
