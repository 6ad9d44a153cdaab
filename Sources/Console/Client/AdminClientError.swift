/// Why the server did not do what it was asked. The message says what to do next.
package struct AdminClientError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable {
        /// Nobody listens at the address.
        case notRunning = "not_running"
        /// The token is not the server's.
        case unauthorized
        /// No such event.
        case notFound = "not_found"
        /// The event is in a state in which this cannot be done.
        case conflict
        /// The server does not understand the question.
        case invalidRequest = "invalid_request"
        /// The server is there but cannot answer.
        case unavailable
        /// The answer is none of the admin API's.
        case unexpectedAnswer = "unexpected_answer"
    }

    package var code: Code
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
