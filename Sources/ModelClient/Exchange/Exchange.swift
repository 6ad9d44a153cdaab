import Foundation
import HTTPCore

/// Sends one request and reads what comes back, as a whole or piece by piece.
struct Exchange {
    let transport: any Transport
    let time: TimeSource

    /// - Parameters:
    ///   - streaming: how the answer is taken piece by piece, if the request asks for that.
    ///   - model: the configured name of the model, for the caller's events.
    /// - Throws: ``TransportError`` when no complete answer has come, with its generation id among the headers if it is
    ///   known; ``AbandonedStream`` or `CancellationError` when the task is cancelled.
    func perform(_ request: TransportRequest, streaming: Streaming?, model: String) async throws -> ResponseReading {
        guard let streaming else {
            let response = try await transport.send(request)
            return ResponseDecoder(now: time.date()).reading(of: response)
        }
        let intake = StreamIntake(
            streaming: streaming, model: model, maxBytes: request.limits.responseBytes, start: time.uptime())
        return try await StreamedExchange(
            transport: transport, time: time, request: request, onEvent: streaming.onEvent, model: model,
            session: StreamSession(intake)
        ).perform()
    }
}
