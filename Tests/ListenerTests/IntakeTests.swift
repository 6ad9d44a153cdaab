import Cryptography
import Foundation
import HTTPTypes
import InboxCore
import Logging
import Synchronization
import Testing

@testable import Listener

@Suite(.timeLimit(.minutes(1))) struct IntakeTests {
    /// Bytes that tell when nobody holds them any more.
    private final class WatchedBytes: Sendable {
        private let freed = Atomic(false)

        var areFreed: Bool { freed.load(ordering: .acquiring) }

        func make(_ count: Int) -> Data {
            let memory = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 1)
            memory.initializeMemory(as: UInt8.self, repeating: 0x61, count: count)
            return Data(
                bytesNoCopy: memory, count: count,
                deallocator: .custom { [self] memory, _ in
                    memory.deallocate()
                    freed.store(true, ordering: .releasing)
                })
        }
    }

    @Test func `the body as it came is not kept while the inbox stores what it made of it`() async throws {
        let gate = Gate()
        let inbox = RecordingInbox(keepsBodies: false) { delivery in
            await gate.pass()
            return .stored(id: delivery.webhookID)
        }
        let counters = DoorCounters()
        let intake = Intake(
            inbox: inbox, bindings: { TopicBindings([:]) },
            secrets: TrustedSecrets([SenderSecret(id: "app", secret: TestRequest.secret)]), counters: counters,
            refusals: RefusalLedger(), now: { RunningDoor.receivedAt }, logger: Logger(label: "intake"))
        let request = try TestRequest.classic(body: Data(repeating: 0x61, count: 1000))
        var fields: HTTPFields = [:]
        for (name, value) in request.headers { fields[try #require(HTTPField.Name(name))] = value }
        let headers = fields
        let (sender, code) = try Sender.identify(headers)
        let bytes = WatchedBytes()
        async let acceptance = intake.take(bytes.make(1000), headers: headers, from: sender, code: code)
        _ = await inbox.next()
        #expect(bytes.areFreed)
        gate.open()
        #expect(try await acceptance == .stored(id: "webhook-1"))
    }
}
