import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A file system of a few megabytes in memory, mounted where only programs that join it see it.
///
/// A process holds the mount namespace open; through its root in `/proc` a test reads and writes what is on the disk.
struct SmallDisk: Sendable {
    private static let megabytes = 16
    private let holder: String
    private let mount: URL

    /// What to put before a command so that it sees the disk.
    var wrapper: [String] {
        // Who joins a mount namespace stands at its root.
        ["nsenter"] + Self.joining + ["--target", holder, "--mount", "--"]
            + ["sh", "-c", #"cd "$0" && exec "$@""#, Project.root.path]
    }

    /// The data folder as the server sees it.
    var data: URL { mount.appending(path: "data") }

    private var outside: URL { URL(filePath: "/proc/\(holder)/root\(mount.path)") }
    private var ballast: URL { outside.appending(path: "ballast") }

    private static var isRoot: Bool { getuid() == 0 }
    private static var joining: [String] { isRoot ? [] : ["--user", "--preserve-credentials"] }
    private static var separating: [String] { isRoot ? ["--mount"] : ["--user", "--map-root-user", "--mount"] }

    /// Whether file systems can be mounted here, in a namespace of their own.
    static var isAllowed: Bool {
        get async {
            let folder = FileManager.default.temporaryDirectory.path
            let result = try? await Subprocess.run(
                .name("unshare"), arguments: Arguments(separating + ["mount", "-t", "tmpfs", "tmpfs", folder]),
                output: .discarded, error: .discarded)
            return result?.terminationStatus == .exited(0)
        }
    }

    /// Runs the body with a fresh disk.
    static func with<Result: Sendable>(
        in folder: URL, _ body: @escaping @Sendable (SmallDisk) async throws -> Result
    ) async throws -> Result {
        let mount = folder.appending(path: "disk")
        try FileManager.default.createDirectory(at: mount, withIntermediateDirectories: true)
        let script = """
            mount -t tmpfs -o size=\(megabytes)m,mode=700 tmpfs "$0" && mkdir "$0/data" && echo $$ && exec sleep 900
            """
        let outcome = try await Subprocess.run(
            .name("unshare"), arguments: Arguments(separating + ["sh", "-c", script, mount.path]),
            input: .none, output: .sequence, error: .discarded
        ) { execution in
            var result: Result?
            for try await line in execution.standardOutput.strings() {
                let holder = line.trimmingCharacters(in: .whitespacesAndNewlines)
                result = try await body(SmallDisk(holder: holder, mount: mount))
                break
            }
            try? execution.send(signal: .kill)
            return result
        }
        guard let result = outcome.closureResult else { throw CocoaError(.fileWriteUnknown) }
        return result
    }

    /// Writes until nothing more fits but so many bytes.
    func fill(leaving rest: Int = 0) throws {
        let file = open(ballast.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(file) }
        let block = [UInt8](repeating: 7, count: 4096)
        while free > rest, write(file, block, block.count) > 0 {}
    }

    func makeRoom() throws {
        try FileManager.default.removeItem(at: ballast)
    }

    /// Brings the database of a stopped server out of its namespace.
    func copyOfData(in folder: URL) throws -> URL {
        let copy = folder.appending(path: "copy")
        // SQLite would follow the path through `/proc` to the file system's own root.
        try FileManager.default.copyItem(at: outside.appending(path: "data"), to: copy)
        return copy
    }

    /// Lets nobody write any more. Nobody may have a file open for that.
    func makeReadOnly() async throws {
        try await remount("ro")
    }

    func makeWritable() async throws {
        try await remount("rw")
    }

    private func remount(_ option: String) async throws {
        let arguments = Self.joining + ["--target", holder, "--mount", "mount", "-o", "remount,\(option)", mount.path]
        let result = try await Subprocess.run(
            .name("nsenter"), arguments: Arguments(arguments), output: .discarded, error: .string(limit: 4096))
        guard result.terminationStatus == .exited(0) else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSDebugDescriptionErrorKey: result.standardError])
        }
    }

    private var free: Int {
        var status = statvfs()
        guard statvfs(outside.path, &status) == 0 else { return 0 }
        return Int(status.f_bavail) * Int(status.f_bsize)
    }
}
