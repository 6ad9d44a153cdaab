import Bellhop
import Foundation
import InboxCore
import Listener
import Logging
import ServiceTestSupport
import Testing

/// A public door on a free port of loopback.
struct RunningDoor: Sendable {
    let port: Int
    let inbox: RecordingInbox
    let counters: DoorCounters
    let refusals: RefusalLedger
    private let door: RunningServer<PublicDoor>

    static let receivedAt = Date(timeIntervalSince1970: 1_795_023_738)

    /// Opens a door, runs the closure, and stops the door.
    ///
    /// - Returns: what the door has counted once its last connection is closed and nothing is under way any more.
    @discardableResult
    static func open(
        inbox: RecordingInbox = RecordingInbox(), secrets: [SenderSecret]? = nil,
        trusting proxies: TrustedProxies = .loopback, refusals: RefusalLedger = RefusalLedger(),
        limits change: (inout DoorLimits) -> Void = { _ in }, _ body: (RunningDoor) async throws -> Void
    ) async throws -> DoorCounts {
        var limits = DoorLimits()
        // Generous, so that only the limit that a test sets is ever reached on a busy machine.
        limits.answerTime = .seconds(60)
        limits.headerTime = .seconds(60)
        limits.bodyGrace = .seconds(60)
        limits.bodyTime = .seconds(60)
        limits.idleTime = .seconds(60)
        change(&limits)
        let counters = DoorCounters()
        var logger = Logger(label: "door")
        logger.logLevel = .error
        try await RunningServer.run {
            PublicDoor(
                configuration: DoorConfiguration(
                    port: 0, secrets: secrets ?? [SenderSecret(id: "app", secret: TestRequest.secret)], limits: limits,
                    trustedProxies: proxies),
                inbox: inbox, bindings: { TopicBindings(["orders/create": ["order-created"]]) }, counters: counters,
                refusals: refusals, now: { receivedAt }, logger: logger, onRunning: $0)
        } during: { door in
            try await body(
                RunningDoor(port: door.port, inbox: inbox, counters: counters, refusals: refusals, door: door))
        }
        return counters.counts
    }

    func stop() async {
        await door.stop()
    }

    /// Sends one request on a connection of its own and expects this status.
    func expect(
        _ status: Int, for request: TestRequest, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await answer(to: request)
        #expect(answer?.status == status, sourceLocation: sourceLocation)
    }

    /// Sends one request on a connection of its own.
    func answer(to request: TestRequest) async throws -> TestAnswer? {
        try await RawConnection.open(port: port) { connection in
            try await connection.send(request)
            return try await connection.answer(hasBody: request.method != "HEAD")
        }
    }
}
