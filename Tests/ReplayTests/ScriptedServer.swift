import Bellhop
import Cryptography
import Foundation
import HTTPCore
import Replay
import Synchronization

/// Answers as the door does: it verifies the signature and knows webhook ids again.
final class ScriptedServer: Transport {
    private let secret = SigningSecret("shpss_test_4f1d2c3b")
    private let seen = Mutex<Set<String>>([])
    private let requests = Mutex<[TransportRequest]>([])
    private let before: @Sendable (_ number: Int) async throws -> Void

    /// - Parameter before: runs before each answer, with 1 for the first request.
    init(before: @escaping @Sendable (Int) async throws -> Void = { _ in }) {
        self.before = before
    }

    var received: [TransportRequest] {
        requests.withLock { $0 }
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        let number = requests.withLock { requests in
            requests.append(request)
            return requests.count
        }
        try await before(number)
        func header(_ name: String) -> String {
            request.headers.first { $0.name == name }?.value ?? ""
        }
        guard try header("X-Shopify-Hmac-Sha256") == MessageCode.signing(request.body, with: secret).base64 else {
            return TransportResponse(status: 401, body: Data(#"{"status":"refused"}"#.utf8))
        }
        let isNew = seen.withLock { $0.insert(header("X-Shopify-Webhook-Id")).inserted }
        return TransportResponse(status: 200, body: Data(#"{"status":"\#(isNew ? "accepted" : "duplicate")"}"#.utf8))
    }
}

/// A clock that moves only when somebody sleeps on it or advances it.
final class ManualClock: Clock {
    typealias Duration = Swift.Duration

    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
    }

    private let time = Mutex(Duration.zero)
    let minimumResolution = Duration.zero

    var now: Instant {
        Instant(offset: time.withLock { $0 })
    }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        time.withLock { $0 = max($0, deadline.offset) }
    }

    func advance(by duration: Duration) {
        time.withLock { $0 += duration }
    }
}
