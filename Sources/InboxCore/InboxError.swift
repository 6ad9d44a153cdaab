/// Why the inbox could not do what was asked.
package struct InboxError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable {
        /// The storage failed or is not there; nothing was stored.
        case storage
        /// What is stored cannot be read, or what was handed in cannot be stored. The storage works: trying again fails
        /// the same way. Nothing was changed.
        case damaged
        /// More is waiting to be written than the inbox takes; try again shortly.
        case overloaded
        /// The inbox is closing or closed.
        case closed
        /// No such delivery or job.
        case notFound = "not_found"
        /// The job is in a state in which this cannot be done.
        case conflict
        /// Another process has the data folder open.
        case locked
        /// The database was written by a newer version of Bellhop.
        case newerSchema = "newer_schema"
    }

    package var code: Code
    /// What failed and what to do about it.
    package var message: String
    package var cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String {
        "\(code.rawValue): \(message)"
    }
}
