import Foundation
import HTTPCore

/// One exchange whose answer comes piece by piece: reads it, and ends it when a piece is overdue.
struct StreamedExchange {
    /// How long a server may take to close a stream that it has ended. The connection can be used again only then.
    private static let closingTime = Duration.milliseconds(500)

    let transport: any Transport
    let time: TimeSource
    let request: TransportRequest
    let onEvent: @Sendable (Streaming.Event) -> Void
    let model: String
    let session: StreamSession

    private enum Ending: Sendable {
        case read(ResponseReading)
        case failed(any Error)
        /// A piece is overdue, or the closing of the stream.
        case silent
    }

    func perform() async throws -> ResponseReading {
        switch await firstEnding() {
        case .read(let reading): return reading
        case .silent:
            return try concluded(
                otherwise: TransportError(.timeout, "no piece of the answer in time", mayHaveBeenSent: true))
        case .failed(let error as TransportError): return try concluded(otherwise: error)
        case .failed(let error):
            throw session.change { $0.generationID }.map { AbandonedStream(generationID: $0) } ?? error
        }
    }

    /// Runs the reader and the watches until one of them ends the exchange, and stops the others.
    private func firstEnding() async -> Ending {
        await withTaskGroup(of: Ending?.self) { group in
            group.addTask { await read() }
            group.addTask { await watchPieces() }
            group.addTask { await watchClosing() }
            var first: Ending?
            for await ending in group {
                // A cancelled watch tells nothing.
                guard let ending else { continue }
                group.cancelAll()
                // An answer that came whole at the very moment counts.
                if case .read = ending { first = ending } else { first = first ?? ending }
            }
            return first ?? .failed(CancellationError())
        }
    }

    /// An answer, or a failure, that is known already does not need the rest of the stream.
    private func concluded(otherwise error: TransportError) throws -> ResponseReading {
        let (isConcluded, reading, id) = session.change { ($0.isConcluded, $0.reading, $0.generationID) }
        if isConcluded, let reading { return reading }
        throw error.naming(id)
    }
}

// MARK: - Reading

extension StreamedExchange {
    private func read() async -> Ending? {
        do {
            let stream = try await transport.open(request)
            let head = TransportResponse(status: stream.status, headers: stream.headers)
            let date = time.date()
            session.change { $0.begin(head, now: date) }
            let reading = try await head.isWhole ? whole(stream.body, head: head) : events(stream.body)
            return reading.map { .read($0) }
        } catch {
            return .failed(error)
        }
    }

    private func events(_ body: TransportBody) async throws -> ResponseReading? {
        for try await part in body {
            let now = time.uptime()
            try session.change { try $0.take(part, at: now) }.forEach(onEvent)
        }
        let now = time.uptime()
        session.change { $0.end(at: now) }.forEach(onEvent)
        return session.change { $0.reading }
    }

    /// A server may answer a request for a stream with an ordinary body: an error before the first token, or a whole
    /// answer because it does not stream.
    private func whole(_ body: TransportBody, head: TransportResponse) async throws -> ResponseReading? {
        var response = head
        for try await part in body {
            let now = time.uptime()
            try session.change { try $0.takeWhole(part, at: now) }
            response.body += part
        }
        let reading = ResponseDecoder(now: time.date()).reading(of: response)
        if case .success(let completion) = reading.result {
            onEvent(.began(model: model))
            if !completion.text.isEmpty { onEvent(.text(completion.text)) }
        }
        return reading
    }
}

// MARK: - Watching

extension StreamedExchange {
    /// Returns `.silent` when a piece is overdue. Signs of life that are none, such as comments, do not count.
    private func watchPieces() async -> Ending? {
        while !Task.isCancelled {
            let now = time.uptime()
            let left = session.change { $0.timeLeft(at: now) }
            guard left > .zero else { return .silent }
            do {
                try await time.sleep(left)
            } catch {
                return nil
            }
        }
        return nil
    }

    private func watchClosing() async -> Ending? {
        for await _ in session.untilOver {}
        guard !Task.isCancelled else { return nil }
        do {
            try await time.sleep(Self.closingTime)
            return .silent
        } catch {
            return nil
        }
    }
}

extension TransportResponse {
    /// Whether the body is no stream of events.
    fileprivate var isWhole: Bool {
        let type = header("Content-Type")?.lowercased() ?? ""
        return !(200...299).contains(status) || type.contains("json") || type.contains("html")
    }
}
