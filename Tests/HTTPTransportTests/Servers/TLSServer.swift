import Foundation
import TestSupport

/// OpenSSL's test server with a certificate that nobody has signed but itself.
enum TLSServer {
    private static let openssl = URL(filePath: "/usr/bin/openssl")

    static func run(during body: (_ url: String) async throws -> Void) async throws {
        try await TemporaryFolder.with { try await run(in: $0, during: body) }
    }

    private static func run(in folder: URL, during body: (_ url: String) async throws -> Void) async throws {
        let (key, certificate) = (folder.appending(path: "key.pem").path, folder.appending(path: "cert.pem").path)

        let maker = try start(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate)
        for await _ in maker.output {}

        let server = try start("s_server", "-accept", "127.0.0.1:0", "-www", "-key", key, "-cert", certificate)
        // Not SIGTERM: a process inherits the signals that its parent's thread blocks, and outlived the tests.
        defer { kill(server.process.processIdentifier, SIGKILL) }
        var printed = ""
        for await part in server.output {
            printed += part
            if let match = printed.firstMatch(of: /ACCEPT 127\.0\.0\.1:(\d+)\n/) {
                return try await body("https://127.0.0.1:\(match.1)/")
            }
        }
        throw POSIXError(.ECONNREFUSED)
    }

    private static func start(_ arguments: String...) throws -> (process: Process, output: AsyncStream<String>) {
        let (output, continuation) = AsyncStream.makeStream(of: String.self)
        let pipe = Pipe()
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty {
                handle.readabilityHandler = nil
                continuation.finish()
            } else {
                continuation.yield(String(decoding: data, as: UTF8.self))
            }
        }
        let process = Process()
        process.executableURL = openssl
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        return (process, output)
    }
}
