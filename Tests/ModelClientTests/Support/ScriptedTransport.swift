import Foundation
import HTTPCore
import Synchronization
import Testing
import Vocabulary

/// Plays prepared exchanges, one list for each model id, and keeps what was sent.
final class ScriptedTransport: Transport {
    /// One exchange: what comes back, and how long it takes.
    struct Exchange: Sendable {
        var result: Result<TransportResponse, TransportError>
        var takes = Duration.milliseconds(10)

        static func ok(_ text: String, takes: Duration = .milliseconds(10)) -> Exchange {
            .status(200, body: .answer(text), takes: takes)
        }

        static func status(
            _ status: Int, headers: [(name: String, value: String)] = [], body: String = "",
            takes: Duration = .milliseconds(10)
        ) -> Exchange {
            let response = TransportResponse(status: status, headers: headers, body: Data(body.utf8), elapsed: takes)
            return Exchange(result: .success(response), takes: takes)
        }

        /// The provider does not have the model.
        static let noModel = status(404, body: #"{"error":{"code":404,"message":"no such model"}}"#)

        static func error(_ code: TransportError.Code, sent: Bool) -> Exchange {
            Exchange(result: .failure(TransportError(code, "scripted", mayHaveBeenSent: sent)))
        }

        /// No answer ever comes.
        static let silence = Exchange(
            result: .failure(TransportError(.timeout, "scripted", mayHaveBeenSent: true)), takes: .seconds(100_000))
    }

    private struct State {
        var script: [String: [Exchange]]
        var sent: [TransportRequest] = []
    }

    private let time: VirtualTime
    private let state: Mutex<State>

    init(_ script: [String: [Exchange]], time: VirtualTime) {
        self.time = time
        state = Mutex(State(script: script))
    }

    var sent: [TransportRequest] {
        state.withLock { $0.sent }
    }

    /// The model ids asked, in order.
    var asked: [String] {
        sent.compactMap { try? JSONValue(parsing: $0.body)["model"]?.string }
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        try Task.checkCancellation()
        let model = try JSONValue(parsing: request.body)["model"]?.string ?? ""
        let exchange = state.withLock { state -> Exchange? in
            state.sent.append(request)
            guard let next = state.script[model]?.first else { return nil }
            state.script[model]?.removeFirst()
            return next
        }
        guard let exchange else {
            Issue.record("\(model) was asked more often than the script expects")
            throw TransportError(.other, "unexpected request", mayHaveBeenSent: false)
        }
        if exchange.takes > request.limits.total {
            time.advance(by: request.limits.total)
            throw TransportError(.timeout, "scripted", mayHaveBeenSent: true)
        }
        time.advance(by: exchange.takes)
        return try exchange.result.get()
    }
}

extension String {
    /// A response body with this text as the answer, 100 prompt and 20 completion tokens.
    static func answer(_ text: String) -> String {
        let body: JSONValue = [
            "choices": [["finish_reason": "stop", "message": ["role": "assistant", "content": .string(text)]]],
            "usage": ["prompt_tokens": 100, "completion_tokens": 20],
        ]
        return (try? body.canonicalData()).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
