import COpenSSL
import Foundation

/// Looking an algorithm up in OpenSSL.
enum Lookup {
    private static let attempts = 20

    /// Looks something up that must be there, again if it is not found: while another thread loads a provider or the
    /// configuration, OpenSSL 3.0 finds nothing for a moment. For look-ups that a process does once.
    static func repeated(_ lookUp: () -> OpaquePointer?) -> OpaquePointer? {
        for _ in 1..<attempts {
            if let found = unsafe lookUp() { return unsafe found }
            Thread.sleep(forTimeInterval: 0.001)
        }
        return unsafe lookUp()
    }
}
