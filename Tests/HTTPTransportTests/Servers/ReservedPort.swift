import Foundation

/// A port of the loopback interface that nobody listens on, and nobody can while this exists.
final class ReservedPort: Sendable {
    let number: Int
    private let socket: Int32

    init() throws {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutableBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { addresses in
                bind(socket, addresses.baseAddress, length)
                    | getsockname(socket, addresses.baseAddress, &length)
            }
        }
        self.socket = socket
        number = Int(in_port_t(bigEndian: address.sin_port))
        guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    }

    deinit {
        close(socket)
    }
}
