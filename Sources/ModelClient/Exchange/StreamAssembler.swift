import Foundation
import HTTPCore
import Vocabulary

/// Puts an answer together from the events of a stream.
///
/// The result is the same as if the answer had come as a whole.
struct StreamAssembler {
    /// What an event brought.
    enum Piece: Equatable {
        /// Text of the answer.
        case text(String)
        /// Something else that belongs to the answer, for example a part of a tool's arguments.
        case content
        /// Thinking aloud: the model is at work, but the answer has not begun.
        case reasoning
        /// Nothing that a model wrote.
        case nothing
    }

    private let decoder: ResponseDecoder
    /// Status and headers.
    private let head: TransportResponse
    private var choice = Choice()
    private var toolCalls = ToolCallPieces()
    private var report = UsageReport.nothing
    private var bodyID: String?
    private var model: String?
    private var failure: FailureSignal?
    private var events = 0
    private var unreadEvents = 0
    /// Whether the server said that nothing more will come.
    private var isDone = false

    /// - Parameter head: the response without its body.
    init(head: TransportResponse, now: Date) {
        self.head = head
        decoder = ResponseDecoder(now: now)
    }

    /// Whether the answer, or the failure, is known: what may still come is no more than its usage.
    var isConcluded: Bool {
        isOver || choice.finishReason != nil
    }

    /// Whether nothing more will come that counts.
    var isOver: Bool {
        isDone || failure != nil
    }

    var generationID: String? {
        ResponseNames.generationID(body: bodyID, header: head.header(ResponseNames.generationHeader))
    }

    mutating func take(_ event: EventStreamDecoder.Event) -> Piece {
        guard !isDone else { return .nothing }
        events += 1
        if Self.isEndMarker(event.data) {
            isDone = true
            return .nothing
        }
        guard let chunk = try? JSONValue(parsing: event.data), chunk.members != nil else {
            unreadEvents += 1
            if event.isError { fail(decoder.signal(head, error: ErrorBody(.null))) }
            return .nothing
        }
        return take(chunk, isError: event.isError)
    }

    private static func isEndMarker(_ data: Data) -> Bool {
        data.count <= 16
            && String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) == "[DONE]"
    }

    /// Ends the stream for a reason that the server did not give.
    mutating func fail(_ signal: FailureSignal) {
        failure = failure ?? signal
    }

    /// All that the stream said, to be asked for when it has ended.
    var reading: ResponseReading {
        var report = report
        report.fill(from: head)
        return ResponseReading(
            status: head.status, generationID: generationID, servedModel: model, report: report,
            unreadEvents: unreadEvents, result: result)
    }

    private var result: Result<Completion, FailureSignal> {
        if let failure { return .failure(failure) }
        if choice.finishReason != nil || isDone && unreadEvents == 0 {
            var choice = choice
            choice.toolCalls = toolCalls.calls
            return choice.result
        }
        if events == 0 { return .failure(FailureSignal(.malformedResponse, "empty stream")) }
        if isDone { return .failure(FailureSignal(.malformedResponse, "events that are not JSON, and no end")) }
        // As when the connection breaks before a whole answer has come: sent, not answered, perhaps billed.
        return .failure(FailureSignal(.timeout, "the stream broke off"))
    }

    private mutating func take(_ chunk: JSONValue, isError: Bool) -> Piece {
        if bodyID == nil { bodyID = chunk["id"]?.string }
        if model == nil { model = ResponseNames.model(chunk["model"]?.string) }
        // On the last chunk, on one of its own, or on every chunk with the sum so far: the last counts.
        if chunk["usage"]?.members != nil { report = UsageReport(in: chunk) }
        if let error = ErrorBody(in: chunk) ?? (isError ? ErrorBody(chunk) : nil) {
            fail(decoder.signal(head, error: error))
        }
        return chunk["choices"]?[0].map { take(choice: $0) } ?? .nothing
    }

    private mutating func take(choice chunk: JSONValue) -> Piece {
        if let reason = chunk["finish_reason"]?.string, !reason.isEmpty { choice.finishReason = reason }
        if let reason = chunk["native_finish_reason"]?.string { choice.nativeFinishReason = reason }
        guard let delta = chunk["delta"] else { return .nothing }
        let hasCalls = delta["tool_calls"].map { toolCalls.add($0) } ?? false
        if let text = delta["content"]?.contentText, !text.isEmpty {
            choice.text += text
            return .text(text)
        }
        if delta["refusal"]?.string?.isEmpty == false {
            choice.hasRefusal = true
            return .content
        }
        if hasCalls { return .content }
        let isThinking = ["reasoning", "reasoning_content"].contains { delta[$0]?.string?.isEmpty == false }
        return isThinking ? .reasoning : .nothing
    }
}
