import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

extension Bench {
    /// A server that takes requests.
    struct Running {
        var port: Int
        var process: Int32
    }

    /// Runs a server while `body` runs; it is asked to stop and waited for at the end.
    func serving(
        _ command: [String], environment: [String: String] = [:], port: Int,
        _ body: @escaping @Sendable (Running) async throws -> Void
    ) async throws {
        var values: [Environment.Key: String?] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { values[key] = value }
        }
        let result = try await Subprocess.run(
            executable(command[0]), arguments: Arguments(Array(command.dropFirst())),
            environment: .inherit.updating(values), input: .none, output: .discarded, error: .discarded
        ) { execution in
            let process = execution.processIdentifier.value
            defer { kill(process, SIGTERM) }
            try await Port(port).waitUntilOpen()
            try await body(Running(port: port, process: process))
        }
        guard result.terminationStatus.isSuccess || result.terminationStatus == .signaled(SIGTERM) else {
            throw ServerFailed(command: command, status: "\(result.terminationStatus)")
        }
    }

    /// A path as it stands, a bare name from PATH.
    private func executable(_ command: String) -> Executable {
        command.contains("/") ? .path(FilePath(command)) : .name(command)
    }

    struct ServerFailed: Error {
        var command: [String]
        var status: String
    }

    func servingBellhop(
        data: URL, options: [String] = [], _ body: @escaping @Sendable (Running) async throws -> Void
    ) async throws {
        let port = try Port.free()
        try await serving(
            bellhopCommand(port: port, data: data) + options, environment: ["SHOPIFY_API_SECRET": Self.secret],
            port: port, body)
    }

    func bellhopCommand(port: Int, data: URL) -> [String] {
        [bellhop, "serve", "--port", String(port), "--data", data.path, "--log-level", "error"]
    }

    /// The same HTTP server as Bellhop's door that reads the body and answers 200, and nothing else.
    func servingBare(_ body: @escaping @Sendable (Running) async throws -> Void) async throws {
        let port = try Port.free()
        try await serving([CommandLine.arguments[0], "bare-server", "--port", String(port)], port: port, body)
    }

    func servingNginx(_ body: @escaping @Sendable (Running) async throws -> Void) async throws {
        let port = try Port.free()
        let place = try subfolder("nginx")
        let text = try String(contentsOf: URL(fileURLWithPath: "Benchmarks/nginx.conf.in"), encoding: .utf8)
            .replacing("PORT", with: String(port)).replacing("FOLDER", with: place.path)
        let file = place.appending(path: "nginx.conf")
        try Data(text.utf8).write(to: file)
        try await serving(["/usr/sbin/nginx", "-c", file.path, "-e", "stderr"], port: port, body)
    }
}
