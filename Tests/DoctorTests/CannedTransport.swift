import HTTPCore
import Synchronization

/// Answers by the last part of the URL, and remembers what was asked for.
final class CannedTransport: Transport {
    private let answers: [String: TransportResponse]
    private let requests = Mutex<[String]>([])

    init(_ answers: [String: TransportResponse]) {
        self.answers = answers
    }

    var asked: [String] {
        requests.withLock { $0 }
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        let name = request.url.split(separator: "/").last.map(String.init) ?? ""
        requests.withLock { $0.append(name) }
        guard let answer = answers[name] else {
            throw TransportError(.notConnected, "nobody is there", mayHaveBeenSent: false)
        }
        return answer
    }
}
