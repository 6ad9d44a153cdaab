package import Foundation

/// That a handler is left alone because its events fail alike, as a restart finds it.
package struct KeptPause: Sendable, Hashable {
    package var handlerID: String
    package var fingerprint: ErrorFingerprint
    package var since: Date

    package init(handlerID: String, fingerprint: ErrorFingerprint, since: Date) {
        self.handlerID = handlerID
        self.fingerprint = fingerprint
        self.since = since
    }
}
