import Foundation
import HTTPCore
import HTTPTransport

/// Runs a test with a raw server and a transport.
func withRawServer<Result: Sendable>(
    _ configuration: CurlTransport.Configuration = .init(), script: @escaping RawServer.Script,
    _ body: (RawServer, CurlTransport) async throws -> Result
) async throws -> Result {
    try await RawServer.run(script: script) { server in
        try await withTransport(configuration) { try await body(server, $0) }
    }
}

extension TransportResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

extension TransportBody {
    /// Reads to the end.
    func collected() async throws -> Data {
        try await reduce(into: Data()) { $0.append($1) }
    }

    func text() async throws -> String {
        String(decoding: try await collected(), as: UTF8.self)
    }
}

extension RawServer {
    func get(_ path: String = "", limits: TransportRequest.Limits = .init()) -> TransportRequest {
        TransportRequest(.get, url: url + path, limits: limits)
    }

    func post(_ body: String, limits: TransportRequest.Limits = .init()) -> TransportRequest {
        TransportRequest(.post, url: url, body: Data(body.utf8), limits: limits)
    }
}
