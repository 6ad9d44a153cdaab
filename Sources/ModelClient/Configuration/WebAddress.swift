import Foundation

/// An address that a configuration has us speak to, and how safe what is sent there is on its way.
package struct WebAddress: Sendable, Hashable {
    /// Hosts that plain http may be spoken to: this machine.
    private static let loopback: Set = ["localhost", "127.0.0.1", "::1", "[::1]"]

    /// Whether others can read what is sent there: plain http to another machine.
    package let isInClear: Bool
    /// Whether it is one of this machine.
    package let isOfThisMachine: Bool

    /// Why a text is no address for us. What it holds is never repeated: somebody may have written a password into it.
    package enum Flaw: Error {
        /// It is no http or https address.
        case noAddress
        /// It holds a user, a password or a fragment.
        case holdsMore
    }

    package init(_ text: String) throws(Flaw) {
        guard let parts = URLComponents(string: text, encodingInvalidCharacters: false),
            let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme), let host = parts.encodedHost,
            !host.isEmpty
        else { throw .noAddress }
        guard parts.user == nil, parts.password == nil, parts.fragment == nil else { throw .holdsMore }
        isOfThisMachine = Self.loopback.contains(host.lowercased())
        isInClear = scheme == "http" && !isOfThisMachine
    }
}
