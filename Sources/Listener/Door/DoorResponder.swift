import Addresses
import HTTPTypes
import HummingbirdCore
import InboxCore
import NIOCore
import Synchronization

/// Answers the requests of the public door, one after the other on each connection.
struct DoorResponder: Sendable {
    let intake: Intake
    let limits: DoorLimits
    let books: DoorBooks
    let stopping: StopFlag

    /// - Parameter peer: the other side of the connection.
    /// - Throws: only when the connection breaks.
    func respond(to request: Request, _ writer: consuming ResponseWriter, from peer: SocketAddress?) async throws {
        let caller = books.callers.proxies.caller(
            peer: peer.flatMap { IPAddress($0) }, forwarded: Self.forwarded(request.headers))
        var answer = try await answer(to: request, writer, for: caller)
        if request.method == .head { answer = answer.withoutBody }
        try await writer.write(response: answer.head, body: ResponseBody(byteBuffer: answer.body))
    }

    private func answer(
        to request: Request, _ writer: borrowing ResponseWriter, for caller: Caller
    ) async throws -> Answer {
        func refuse(_ refusal: Refusal, isDelivery: Bool = false) {
            books.note(refusal, request.head, from: caller.address, isDelivery: isDelivery)
        }
        switch Route(request.method, request.head.path ?? "") {
        case .webhook:
            do {
                return Answer(try await take(request, writer, for: caller))
            } catch let refusal as Refusal {
                refuse(refusal, isDelivery: true)
                return Answer(refusal)
            }
        case .health:
            guard stopping.isSet else { return .healthy }
            refuse(.stopping)
            return Answer(.stopping)
        case .notFound:
            refuse(.notFound)
            return Answer(.notFound)
        case .methodNotAllowed(let allow):
            refuse(.methodNotAllowed)
            return Answer(.methodNotAllowed, allow: allow)
        }
    }

    private func take(
        _ request: Request, _ writer: borrowing ResponseWriter, for caller: Caller
    ) async throws -> Acceptance {
        if stopping.isSet { throw Refusal.stopping }
        guard books.callers.began(caller) else { throw Refusal.tooManyFromAddress }
        defer { books.callers.ended(caller) }
        let declared = request.headers[.contentLength].flatMap { Int($0) }
        if let declared, declared > limits.bodyBytes { throw Refusal.bodyTooLarge }
        let (sender, code) = try Sender.identify(request.headers)
        var room = try books.bodies.admit(declared: declared, from: caller)
        if request.headers[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        let body = try await room.read(request.body, upTo: limits.bodyBytes, declared: declared)
        return try await intake.take(consume body, headers: request.headers, from: sender, code: code)
    }

    private static func forwarded(_ fields: HTTPFields) -> [String] {
        fields.filter { $0.name.canonicalName == "x-forwarded-for" }.map(\.value)
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
