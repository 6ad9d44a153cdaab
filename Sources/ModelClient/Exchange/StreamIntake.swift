import Foundation
import HTTPCore

/// A stream as far as it has come: takes its bytes, tells the caller's events in them and how long a silence may be.
struct StreamIntake {
    private let streaming: Streaming
    private let model: String
    private let maxBytes: Int
    private var decoder = EventStreamDecoder()
    private var assembler: StreamAssembler?
    private var bytes = 0
    /// Whether anything of an answer has come, be it a thought.
    private var isAlive = false
    /// Whether the caller knows that the model answers.
    private var isAnnounced = false
    /// The uptime of the last piece, or of the start.
    private var lastPiece: Duration

    /// - Parameters:
    ///   - model: the configured name, for ``Streaming/Event/began(model:)``.
    ///   - maxBytes: the most that the whole body may have.
    ///   - start: the uptime at which the request is sent.
    init(streaming: Streaming, model: String, maxBytes: Int, start: Duration) {
        self.streaming = streaming
        self.model = model
        self.maxBytes = maxBytes
        lastPiece = start
    }

    /// How long the next piece may still take.
    func timeLeft(at now: Duration) -> Duration {
        lastPiece + (isAlive ? streaming.idle : streaming.firstToken) - now
    }

    /// Whether the answer, or the failure, is known: what may still come is no more than its usage.
    var isConcluded: Bool {
        assembler?.isConcluded ?? false
    }

    /// Whether nothing more will come that counts.
    var isOver: Bool {
        assembler?.isOver ?? false
    }

    var generationID: String? {
        assembler?.generationID
    }

    /// What the stream came down to; `nil` before its begin.
    var reading: ResponseReading? {
        assembler?.reading
    }

    /// Takes status and headers.
    mutating func begin(_ head: TransportResponse, now: Date) {
        assembler = StreamAssembler(head: head, now: now)
    }

    /// Takes a part of the body.
    ///
    /// - Throws: ``TransportError`` when the body, or an event in it, is too large.
    mutating func take(_ part: Data, at now: Duration) throws -> [Streaming.Event] {
        try count(part)
        do {
            return try decoder.events(in: part).flatMap { take($0, at: now) }
        } catch {
            assembler?.fail(FailureSignal(.malformedResponse, "an event of more than 1 MiB"))
            throw TransportError(.responseTooLarge, "an event has more than 1 MiB", mayHaveBeenSent: true)
        }
    }

    /// Takes the end of the body.
    mutating func end(at now: Duration) -> [Streaming.Event] {
        (try? decoder.finish()).flatMap { $0 }.map { take($0, at: now) } ?? []
    }

    /// Takes a part of a body that is no stream of events. It is a piece whatever is in it.
    mutating func takeWhole(_ part: Data, at now: Duration) throws {
        try count(part)
        isAlive = true
        lastPiece = now
    }

    private mutating func count(_ part: Data) throws {
        bytes += part.count
        guard bytes <= maxBytes else {
            throw TransportError(.responseTooLarge, "the body has more than \(maxBytes) bytes", mayHaveBeenSent: true)
        }
    }

    private mutating func take(_ event: EventStreamDecoder.Event, at now: Duration) -> [Streaming.Event] {
        let wasConcluded = isConcluded
        let piece = assembler?.take(event) ?? .nothing
        if piece != .nothing || isConcluded != wasConcluded {
            isAlive = true
            lastPiece = now
        }
        switch piece {
        case .text(let text): return announced() + [.text(text)]
        case .content: return announced()
        case .reasoning, .nothing: return []
        }
    }

    private mutating func announced() -> [Streaming.Event] {
        defer { isAnnounced = true }
        return isAnnounced ? [] : [.began(model: model)]
    }
}
