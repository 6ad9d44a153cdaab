import Foundation
import HTTPTypes
import HummingbirdCore
import InboxCore
import Synchronization

/// Answers the requests of the public door, one after the other on each connection.
struct DoorResponder: Sendable {
    let intake: Intake
    let limits: DoorLimits
    let counters: DoorCounters
    let stopping: StopFlag

    /// - Throws: only when the connection breaks.
    func respond(to request: Request, _ writer: consuming ResponseWriter) async throws {
        var answer = try await answer(to: request, writer)
        if request.method == .head { answer = answer.withoutBody }
        try await writer.write(response: answer.head, body: ResponseBody(byteBuffer: answer.body))
    }

    private func answer(to request: Request, _ writer: borrowing ResponseWriter) async throws -> Answer {
        switch Route(request.method, request.head.path ?? "") {
        case .webhook:
            do {
                return Answer(try await take(request, writer))
            } catch let refusal as Refusal {
                return refuse(refusal)
            }
        case .health: return stopping.isSet ? refuse(.stopping) : .healthy
        case .notFound: return refuse(.notFound)
        case .methodNotAllowed(let allow): return refuse(.methodNotAllowed, allow: allow)
        }
    }

    private func take(_ request: Request, _ writer: borrowing ResponseWriter) async throws -> Acceptance {
        if stopping.isSet { throw Refusal.stopping }
        let declared = request.headers[.contentLength].flatMap { Int($0) }
        if let declared, declared > limits.bodyBytes { throw Refusal.bodyTooLarge }
        let (sender, code) = try Sender.identify(request.headers)
        guard counters.hasRoom(for: declared ?? 0, within: limits.bytesInFlight) else { throw Refusal.overloaded }
        if request.headers[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        return try await withBody(of: request, declared: declared) { body in
            try await intake.take(body, headers: request.headers, from: sender, code: code)
        }
    }

    /// Holds the body for as long as the closure runs.
    private func withBody(
        of request: Request, declared: Int?, _ use: (Data) async throws -> Acceptance
    ) async throws -> Acceptance {
        var held = HeldBytes(limit: limits.bytesInFlight, counters: counters)
        defer { held.release() }
        return try await use(try await held.read(request.body, upTo: limits.bodyBytes, declared: declared))
    }

    private func refuse(_ refusal: Refusal, allow: String? = nil) -> Answer {
        counters.count(refusal)
        return Answer(refusal, allow: allow)
    }
}

/// Raised once, when the server begins to stop.
final class StopFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool {
        flag.load(ordering: .relaxed)
    }

    func set() {
        flag.store(true, ordering: .relaxed)
    }
}
