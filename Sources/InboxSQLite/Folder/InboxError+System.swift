import Foundation
import InboxCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension InboxError {
    /// A call of the system on the data folder failed.
    ///
    /// - Parameters:
    ///   - number: `errno`, read before anything else is called.
    ///   - what: what could not be done, up to the colon.
    static func system(_ number: Int32, _ what: String) -> InboxError {
        InboxError(
            .storage, "\(what): \(String(cString: strerror(number)))",
            cause: POSIXErrorCode(rawValue: number).map { POSIXError($0) })
    }
}

extension POSIXErrorCode {
    /// What the system said, where Foundation wraps it.
    init?(beneath error: any Error) {
        if let error = error as? POSIXError {
            self = error.code
        } else if let cause = (error as? CocoaError)?.underlying as? POSIXError {
            self = cause.code
        } else {
            return nil
        }
    }
}
