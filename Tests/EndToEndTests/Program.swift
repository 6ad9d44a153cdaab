import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Runs `bellhop` as a user would.
enum Program {
    struct Outcome {
        var status: TerminationStatus
        var output: String
        var errors: String

        var json: Data { Data(output.utf8) }
    }

    /// Runs a command to its end, in the checkout.
    static func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Outcome {
        let result = try await Subprocess.run(
            .path(FilePath(Project.bellhop)), arguments: Arguments(arguments),
            environment: .ofTests(environment),
            workingDirectory: FilePath(Project.root.path), output: .string(limit: 4 << 20),
            error: .string(limit: 4 << 20))
        return Outcome(
            status: result.terminationStatus, output: result.standardOutput, errors: result.standardError)
    }

    /// A server under test.
    struct Server {
        var webhooks: String
        var admin: String
        /// Ends it at once, as a power cut would.
        var kill: @Sendable () throws -> Void
        /// Asks it to stop.
        var stop: @Sendable () throws -> Void
        /// Asks it to read its configuration again, as a closed terminal would.
        var hangUp: @Sendable () throws -> Void
        /// The most memory that it has had at once, in bytes.
        var mostMemory: @Sendable () throws -> Int
        /// What it says on standard error.
        fileprivate var lines: AsyncStream<String>

        /// Waits for the next line that has these words.
        func says(_ words: String) async throws {
            guard await lines.contains(where: { $0.contains(words) }) else { throw CancellationError() }
        }
    }

    static let secret = "shpss_test_4f1d2c3b"
    static let token = "token-of-the-tests"

    /// Servers at once: more of them only slow each other down on a small machine.
    private static let places = Turnstile(3)

    /// Runs `bellhop serve` on free ports while `body` runs, then asks it to stop.
    ///
    /// - Parameters:
    ///   - config: `nil` for the repository's own, in which nobody can be asked.
    ///   - variables: environment variables beside those that every server under test has.
    ///   - wrapper: a program that runs the server, for example `strace` with its arguments.
    ///   - body: ends with the server stopped or killed, or else it is stopped.
    @discardableResult
    static func serve(
        data: URL, config: URL? = nil, variables: [String: String] = [:], wrapper: [String] = [],
        options: [String] = [],
        _ body: @escaping @Sendable (Server) async throws -> Void
    ) async throws -> Service {
        guard let config else {
            return try await Project.withFolder { folder in
                try await serve(
                    data: data, config: Project.lonelyConfiguration(in: folder), variables: variables,
                    wrapper: wrapper, options: options, body)
            }
        }
        await places.enter()
        defer { places.leave() }
        let command =
            wrapper + [
                Project.bellhop, "serve", "--port", "0", "--admin-port", "0", "--data", data.path, "--config",
                config.path,
            ] + options
        let environment = ["SHOPIFY_API_SECRET": secret, "BELLHOP_ADMIN_TOKEN": token].merging(variables) { $1 }
        let result = try await Subprocess.run(
            command[0].hasPrefix("/") ? .path(FilePath(command[0])) : .name(command[0]),
            arguments: Arguments(Array(command.dropFirst())),
            environment: .ofTests(environment),
            workingDirectory: FilePath(Project.root.path), input: .none, output: .discarded, error: .sequence
        ) { execution in
            let process = execution.processIdentifier
            return try await withThrowingTaskGroup(of: [String].self) { group in
                let (urls, announce) = AsyncStream.makeStream(of: Server.self)
                let (lines, writer) = AsyncStream.makeStream(of: String.self)
                group.addTask {
                    // Read to the end, so that the server never waits for a full pipe.
                    var said: [String] = []
                    for try await line in execution.standardError.strings() {
                        said.append(line)
                        writer.yield(line)
                        if let webhooks = line.url(after: "webhooks="), let admin = line.url(after: "admin=") {
                            announce.yield(
                                Server(
                                    webhooks: webhooks, admin: admin,
                                    kill: { try process.signal(SIGKILL) }, stop: { try process.signal(SIGTERM) },
                                    hangUp: { try process.signal(SIGHUP) },
                                    mostMemory: { try process.mostMemory() }, lines: lines))
                        }
                    }
                    announce.finish()
                    writer.finish()
                    if said.allSatisfy({ !$0.contains("webhooks=") }) { throw NeverReady(said: said) }
                    return said
                }
                group.addTask {
                    guard let server = await urls.first(where: { _ in true }) else { return [] }
                    do {
                        try await body(server)
                    } catch {
                        try? process.signal(SIGKILL)
                        throw error
                    }
                    try? server.stop()
                    return []
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
        }
        return Service(status: result.terminationStatus, log: result.closureResult)
    }

    /// What remains of a server that has ended.
    struct Service {
        var status: TerminationStatus
        /// What it said on standard error.
        var log: [String]
    }

    struct NeverReady: Error {
        var said: [String]
    }
}

extension ProcessIdentifier {
    func signal(_ number: Int32) throws {
        guard kill(value, number) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .ESRCH) }
    }

    /// The most that has been resident, as proc(5) tells it, in bytes.
    fileprivate func mostMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(value)/status", encoding: .utf8)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = Int(line.filter(\.isNumber))
        else { throw CocoaError(.fileReadCorruptFile) }
        return kilobytes << 10
    }
}

extension String {
    /// The URL that follows a label in a log line.
    func url(after label: String) -> String? {
        range(of: label).map { String(self[$0.upperBound...].prefix { !$0.isWhitespace && $0 != "\"" }) }
    }
}

extension Environment {
    /// These variables, and of the shell that started the tests only where programs and temporary files lie: no key or
    /// secret of a person's gets into a server under test.
    static func ofTests(_ variables: [String: String]) -> Environment {
        let inherited = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "TMPDIR"].contains($0.key) }
        let all = inherited.merging(["LC_ALL": "C"]) { $1 }.merging(variables) { $1 }
        return .custom(
            Dictionary(
                uniqueKeysWithValues: all.compactMap { name, value in Key(rawValue: name).map { ($0, value) } }))
    }
}
