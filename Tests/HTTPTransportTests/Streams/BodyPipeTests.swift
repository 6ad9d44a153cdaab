import Foundation
import HTTPCore
import Testing

@testable import HTTPTransport

/// The pipe between a mailbox that no thread empties and a reader.
@Suite(.timeLimit(.minutes(5))) struct BodyPipeTests {
    private let mailbox = Mailbox()
    private let ticket = Ticket()
    private let pipe: BodyPipe

    init() {
        pipe = BodyPipe(ticket, over: mailbox, maxUnread: 10)
    }

    private func take(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { pipe.take(UnsafeRawBufferPointer($0)) }
    }

    private func next() async throws -> String? {
        try await pipe.next().map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func whatWaitsIsReadTogether() async throws {
        #expect(take("one") && take("two"))
        #expect(try await next() == "onetwo")
        pipe.finish(.success(()))
        #expect(try await next() == nil)
    }

    @Test func aPartBeyondTheBoundIsPutOffUntilTheReaderHasCaughtUp() async throws {
        #expect(take("0123456") && take("789"))
        #expect(!take("x"))
        #expect(mailbox.empty().unpauses.isEmpty)
        #expect(try await next() == "0123456789")
        #expect(mailbox.empty().unpauses.map(\.id) == [ticket.id])
        #expect(take("x"))
        #expect(try await next() == "x")
        #expect(mailbox.empty().unpauses.isEmpty, "nothing had been put off")
    }

    @Test func aSinglePartMayBeLargerThanTheBound() async throws {
        #expect(take("0123456789x"))
        #expect(!take("y"))
        #expect(try await next() == "0123456789x")
    }

    @Test func theEndComesAfterWhatWaits() async throws {
        let error = TransportError(.connectionLost, "cut", mayHaveBeenSent: true)
        #expect(take("0123456789") && !take("x"))
        pipe.finish(.failure(error))
        #expect(try await next() == "0123456789")
        #expect(mailbox.empty().unpauses.isEmpty, "nothing is left to go on")
        await #expect(throws: error) { try await next() }
    }

    @Test func aReaderWhoWaitsGetsThePartAtOnce() async throws {
        for number in 0..<200 {
            async let part = next()
            for _ in 0..<Int.random(in: 0...5) { await Task.yield() }
            #expect(take("\(number)"))
            #expect(try await part == "\(number)")
        }
        async let end = next()
        pipe.finish(.success(()))
        #expect(try await end == nil)
    }

    @Test func aReaderWhoIsCancelledAsksForTheEnd() async throws {
        let reader = Task { try await pipe.next() }
        reader.cancel()
        while mailbox.empty().cancellations.isEmpty { await Task.yield() }
        pipe.finish(.failure(CancellationError()))
        await #expect(throws: CancellationError.self) { try await reader.value }
    }

    @Test func abandoningAsksForTheEndUnlessItHasCome() {
        pipe.abandon()
        #expect(mailbox.empty().cancellations.map(\.id) == [ticket.id])
        pipe.finish(.success(()))
        pipe.abandon()
        #expect(mailbox.empty().cancellations.isEmpty)
    }
}
