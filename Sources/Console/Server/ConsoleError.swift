import HTTPTypes
import Hummingbird
import InboxCore

/// Why the admin API does not do what it was asked.
struct ConsoleError: Error {
    var status: HTTPResponse.Status
    var problem: Problem

    init(_ status: HTTPResponse.Status, _ reason: String, _ message: String) {
        self.status = status
        problem = Problem(error: message, reason: reason)
    }

    init(_ error: any Error) {
        switch error {
        case let error as ConsoleError: self = error
        case let error as InboxError: self.init(error)
        case is CancellationError: self.init(.serviceUnavailable, "stopping", "the server is stopping")
        case let error as any HTTPResponseError where error.status == .notFound:
            self.init(.notFound, "not_found", "there is nothing at this path")
        case let error as any HTTPResponseError:
            self.init(error.status, "bad_request", "the request cannot be read")
        default: self.init(.internalServerError, "internal", "the request failed")
        }
    }

    private init(_ error: InboxError) {
        let status: HTTPResponse.Status =
            switch error.code {
            case .notFound: .notFound
            case .conflict: .conflict
            case .damaged: .internalServerError
            case .storage, .overloaded, .closed, .locked, .newerSchema: .serviceUnavailable
            }
        self.init(status, error.code.rawValue, error.message)
    }
}

/// Why the private door cannot be opened.
package struct PrivateDoorError: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String {
        "the admin token is empty; set BELLHOP_ADMIN_TOKEN to a long random text"
    }
}
