import Foundation
import HTTPTypes
import Hummingbird
import InboxCore

extension AdminAPI {
    /// Reads `limit`, 1 to 1,000.
    func privacyOverview(_ request: Request) async throws -> Response {
        let text = request.uri.queryParameters["limit"].map(String.init) ?? "50"
        guard let limit = Int(text), (1...1000).contains(limit) else {
            throw ConsoleError(.badRequest, "invalid_limit", "limit must be from 1 to 1000")
        }
        return try Response(json: try await privacyStore.overview(limit: limit))
    }

    func privacyRecord(_ id: String) async throws -> Response {
        guard let record = try await privacyStore.record(of: id) else {
            throw ConsoleError(.notFound, "not_found", "no erasure and no request of a customer has this id")
        }
        return try Response(json: record)
    }

    /// The file as it was written, for the shop to pass on to its customer.
    func export(_ id: String) async throws -> Response {
        let content = try await privacyStore.openExport(id, at: Date())
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: content)))
    }

    private var privacyStore: any PrivacyStore {
        get throws {
            guard let privacy else { throw ConsoleError(.notFound, "not_found", "there is nothing at this path") }
            return privacy
        }
    }
}
