import Foundation
import Glibc

/// One request on one connection to 127.0.0.1, read until the server closes it. It shows what a comfortable client
/// hides: bytes after which the connection was cut.
enum RawHTTPClient {
    struct Failure: Error {
        var call: String
    }

    /// - Parameters:
    ///   - thenClosing: closes this side of the connection once the request is sent, as who gives up does.
    ///   - end: closes the connection as soon as this text has come.
    static func send(
        _ text: Data, toPort port: Int, thenClosing: Bool = false, leavingAt end: String? = nil
    ) async throws -> RawHTTPResponse {
        try await onThread {
            let connection = try connect(toPort: port)
            defer { close(connection) }
            try write(text, to: connection)
            if thenClosing { shutdown(connection, Int32(SHUT_WR)) }
            return try readToEnd(of: connection, or: end.map { Data($0.utf8) })
        }
    }

    /// Blocking calls get a thread of their own.
    private static func onThread<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
        }
    }

    private static func connect(toPort port: Int) throws -> Int32 {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard connection >= 0 else { throw Failure(call: "socket") }
        var limit = timeval(tv_sec: 50, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(connection)
            throw Failure(call: "connect")
        }
        return connection
    }

    private static func write(_ data: Data, to connection: Int32) throws {
        var rest = data
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Failure(call: "send") }
            rest = rest.dropFirst(count)
        }
    }

    private static func readToEnd(of connection: Int32, or end: Data?) throws -> RawHTTPResponse {
        var received = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            if count < 0, errno == EAGAIN { throw Failure(call: "recv: no answer in time") }
            guard count > 0 else {
                return RawHTTPResponse(bytes: received, wasReset: count < 0 && errno == ECONNRESET)
            }
            received.append(contentsOf: buffer[..<count])
            if let end, received.range(of: end) != nil { return RawHTTPResponse(bytes: received) }
        }
    }
}
