import Foundation
import HTTPTypes
import Hummingbird
import InboxCore
import Logging

/// Lets nobody through without the token, and turns every error into JSON.
struct TokenMiddleware<Context: RequestContext>: RouterMiddleware {
    let token: AdminToken
    let logger: Logger

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard isAuthorized(request) else {
            let error = ConsoleError(.unauthorized, "unauthorized", "the admin token is missing or wrong")
            return try Response(json: error.problem, status: error.status, headers: [.wwwAuthenticate: "Bearer"])
        }
        do {
            return try await next(request, context)
        } catch {
            let answer = ConsoleError(error)
            if answer.status == .internalServerError { log(error, at: context.endpointPath) }
            return try Response(json: answer.problem, status: answer.status)
        }
    }

    /// Of an error that nobody thought of only the type: its text may quote what is stored.
    private func log(_ error: any Error, at route: String?) {
        let word = (error as? InboxError)?.message ?? "\(type(of: error))"
        logger.error(
            "a request to the private door failed", metadata: ["route": "\(route ?? "none")", "error": "\(word)"])
    }

    private func isAuthorized(_ request: Request) -> Bool {
        guard let value = request.headers[.authorization] else { return false }
        let parts = value.split(separator: " ", maxSplits: 1)
        return parts.count == 2 && parts[0].lowercased() == "bearer" && token.matches(parts[1])
    }
}

extension Response {
    /// An answer in JSON that is not to be kept by anyone on the way.
    init(json value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) throws {
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.cacheControl] = "no-store"
        self.init(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try ConsoleJSON.encode(value))))
    }
}
