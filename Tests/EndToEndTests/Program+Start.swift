import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

extension Program {
    /// A server that may not be ready for long.
    struct Start: Sendable {
        /// Asks it to stop.
        var stop: @Sendable () throws -> Void
        fileprivate var lines: AsyncStream<String>

        /// Waits for the next line that has these words.
        @discardableResult
        func says(_ words: String) async throws -> String {
            guard let line = await lines.first(where: { $0.contains(words) }) else { throw CancellationError() }
            return line
        }

        /// Waits until it is ready.
        ///
        /// - Returns: where it takes deliveries.
        func webhooks() async throws -> String {
            try await says("webhooks=").url(after: "webhooks=") ?? ""
        }
    }

    /// Runs `bellhop serve` while `body` runs, ready or not, then asks it to stop. It has a configuration in which
    /// nobody can be asked, and which keeps nothing of a small disk back.
    ///
    /// - Parameters:
    ///   - port: of the public door; by itself a free one.
    ///   - wrapper: a program that runs the server.
    static func start(
        data: URL, port: String = "0", wrapper: [String] = [], _ body: @escaping @Sendable (Start) async throws -> Void
    ) async throws -> Service {
        try await Project.withFolder { folder in
            let config = try Project.lonelyConfiguration(in: folder, more: "inbox: { min_free_disk: 0 }\n")
            let command =
                wrapper + [
                    Project.bellhop, "serve", "--port", port, "--admin-port", "0", "--data", data.path, "--config",
                    config.path,
                ]
            let result = try await Subprocess.run(
                command[0].hasPrefix("/") ? .path(FilePath(command[0])) : .name(command[0]),
                arguments: Arguments(Array(command.dropFirst())),
                environment: .ofTests(["SHOPIFY_API_SECRET": secret]),
                workingDirectory: FilePath(Project.root.path), input: .none, output: .discarded, error: .sequence
            ) { execution in
                let process = execution.processIdentifier
                let (lines, writer) = AsyncStream.makeStream(of: String.self)
                async let acting: Void = {
                    do {
                        try await body(Start(stop: { try process.signal(SIGTERM) }, lines: lines))
                        try? process.signal(SIGTERM)
                    } catch {
                        try? process.signal(SIGKILL)
                        throw error
                    }
                }()
                var said: [String] = []
                for try await line in execution.standardError.strings() {
                    said.append(line)
                    writer.yield(line)
                }
                writer.finish()
                try await acting
                return said
            }
            return Service(status: result.terminationStatus, log: result.closureResult)
        }
    }
}
