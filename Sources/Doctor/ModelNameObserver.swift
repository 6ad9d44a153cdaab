import Foundation
import HTTPCore
import ModelClient
import Synchronization
import Vocabulary

/// Lets requests through and remembers which model the last answer names.
final class ModelNameObserver: Transport {
    private let transport: any Transport
    private let name = Mutex<String?>(nil)

    init(_ transport: any Transport) {
        self.transport = transport
    }

    var model: String? {
        name.withLock { $0 }
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        let response = try await transport.send(request)
        let named = Self.model(in: response.body)
        name.withLock { $0 = named }
        return response
    }

    /// The answer as a whole, or the first event of a stream that names one.
    static func model(in body: Data) -> String? {
        if let json = try? JSONValue(parsing: body) { return json["model"]?.string }
        return String(decoding: body, as: UTF8.self).split(whereSeparator: \.isNewline).lazy
            .filter { $0.hasPrefix("data:") }
            .compactMap { try? JSONValue(parsing: Data($0.dropFirst(5).utf8))["model"]?.string }
            .first
    }
}

/// Counts the pieces in which an answer comes.
final class PieceCounter: Sendable {
    private let pieces = Mutex(0)

    var value: Int {
        pieces.withLock { $0 }
    }

    @Sendable func count(_ event: Streaming.Event) {
        if case .text = event { pieces.withLock { $0 += 1 } }
    }
}
