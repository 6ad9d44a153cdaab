import Foundation
import HTTPCore
import Vocabulary

@testable import ModelClient

extension FuzzTarget {
    /// A stream of server-sent events, cut anywhere. The first byte says where.
    static let eventStream = FuzzTarget(name: "event-stream") { data in
        var input = FuzzInput(data)
        let seed = input.byte()
        let stream = input.rest
        let whole = try events(of: stream) { _ in .max }
        let cut = try events(of: stream) { 1 + Int(seed &* 31 &+ UInt8(truncatingIfNeeded: $0) &* 17) % 7 }
        let single = try events(of: stream) { _ in 1 }
        try require(whole == cut && whole == single, "where a stream is cut changes its events")
        try require(whole.map(\.data.count).reduce(0, +) <= stream.count, "events are larger than their stream")
        try checkAssembly(of: whole)
    }

    private static func events(of stream: Data, size: (Int) -> Int) throws -> [EventStreamDecoder.Event] {
        var decoder = EventStreamDecoder()
        var events: [EventStreamDecoder.Event] = []
        var rest = stream
        var count = 0
        while !rest.isEmpty {
            let part = rest.prefix(size(count))
            events += try decoder.events(in: Data(part))
            rest = rest.dropFirst(part.count)
            count += 1
        }
        if let last = try decoder.finish() { events.append(last) }
        return events
    }

    private static func checkAssembly(of events: [EventStreamDecoder.Event]) throws {
        var assembler = StreamAssembler(
            head: TransportResponse(status: 200, headers: [("Retry-After", "3")]), now: Date(timeIntervalSince1970: 0))
        var text = ""
        var wasOver = false
        for event in events {
            let piece = assembler.take(event)
            if case .text(let part) = piece { text += part }
            try require(assembler.isOver || !wasOver, "an answer that was over goes on")
            wasOver = assembler.isOver
        }
        let reading = assembler.reading
        try checkReading(reading)
        if case .success(let completion) = reading.result {
            try require(completion.text == text, "the answer is not what was passed on of it")
        }
    }
}
