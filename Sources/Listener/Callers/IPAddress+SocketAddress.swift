import Addresses
import NIOCore

extension IPAddress {
    /// The address of the other side of a connection; `nil` when it has none, as on a socket in the file system.
    ///
    /// It is asked for with every request, so it is taken from the bytes of the system's own structures, where family
    /// and port come before an address of version 4, and also the flow information before one of version 6 (RFC 3493,
    /// section 3.3).
    init?(_ address: SocketAddress) {
        switch address {
        case .v4(let v4):
            self.init(v4: withUnsafeBytes(of: v4.address) { $0[4..<8].reduce(0) { $0 << 8 | UInt32($1) } })
        case .v6(let v6):
            self.init(bits: withUnsafeBytes(of: v6.address) { $0[8..<24].reduce(0) { $0 << 8 | UInt128($1) } })
        case .unixDomainSocket: return nil
        }
    }
}
