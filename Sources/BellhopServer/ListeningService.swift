import Foundation
import NIOCore
package import ServiceLifecycle

/// A service that listens on a port, and says in plain words why it cannot.
package struct ListeningService: Service, CustomStringConvertible {
    private let service: any Service
    private let address: String
    private let option: String

    /// - Parameters:
    ///   - address: where it listens, host and port.
    ///   - option: the command's option that chooses another port.
    package init(_ service: any Service, at address: String, option: String) {
        self.service = service
        self.address = address
        self.option = option
    }

    package var description: String { "the door at \(address)" }

    package func run() async throws {
        do {
            try await service.run()
        } catch let error as IOError {
            throw ListeningError(address: address, problem: problem(error))
        } catch is SocketAddressError.UnknownHost {
            throw ListeningError(address: address, problem: "no such host; use an address of this machine")
        }
    }

    private func problem(_ error: IOError) -> String {
        switch error.errnoCode {
        case EADDRINUSE: "another program has the port; stop that one, or choose another port with \(option)"
        case EACCES, EPERM: "this user may not use the port; choose one above 1023 with \(option)"
        case EADDRNOTAVAIL: "this machine does not have the address"
        default: error.description
        }
    }
}

/// Why a door cannot be opened.
package struct ListeningError: Error, Sendable, Hashable, CustomStringConvertible {
    package var address: String
    package var problem: String

    package var description: String {
        "cannot listen on \(address): \(problem)"
    }
}
