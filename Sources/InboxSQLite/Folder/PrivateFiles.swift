import Dispatch
import Foundation
import InboxCore

/// Files beside the database that hold customers' data. What blocks is done on a queue of its own.
struct PrivateFiles: Sendable {
    private let folder: URL
    private let queue = DispatchQueue(label: "bellhop.private-files", qos: .utility)

    /// - Parameter folder: the data folder.
    init(_ folder: URL) {
        self.folder = folder
    }

    /// Writes an answer to a customer's request to stable storage, for its owner alone to read.
    func keep(_ content: Data, under name: String) async throws {
        try await onQueue {
            try FileManager.default.createDirectory(
                at: exports, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let file = exports.appending(path: name)
            let unfinished = file.appendingPathExtension("part")
            guard
                FileManager.default.createFile(
                    atPath: unfinished.path, contents: content, attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
            let handle = try FileHandle(forUpdating: unfinished)
            try handle.synchronize()
            try handle.close()
            try? FileManager.default.removeItem(at: file)
            try FileManager.default.moveItem(at: unfinished, to: file)
            try exports.synchronizeFolder()
        }
    }

    /// - Returns: `nil` when there is no such file.
    func read(_ name: String) async throws -> Data? {
        try await onQueue {
            let file = exports.appending(path: name)
            guard FileManager.default.fileExists(atPath: file.path) else { return nil }
            return try Data(contentsOf: file)
        }
    }

    /// Overwrites and removes answers; those that are not there are passed over.
    ///
    /// - Returns: how many there were.
    func remove(_ names: [String]) async throws -> Int {
        try await onQueue { try wipe(names.map { exports.appending(path: $0) }, in: exports) }
    }

    /// Removes the copies of the database from before its schema was changed: they hold what is to be erased.
    ///
    /// - Returns: how many there were.
    func removeBackups() async throws -> Int {
        try await onQueue {
            let backups = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.lastPathComponent.hasPrefix(DataFolder.backupPrefix) }
            return try wipe(backups, in: folder)
        }
    }

    private var exports: URL { folder.appending(path: "exports", directoryHint: .isDirectory) }

    private func wipe(_ files: [URL], in folder: URL) throws -> Int {
        let there = files.filter { FileManager.default.fileExists(atPath: $0.path) }
        for file in there {
            try zero(file)
            try FileManager.default.removeItem(at: file)
        }
        if !there.isEmpty { try folder.synchronizeFolder() }
        return there.count
    }

    private func zero(_ file: URL) throws {
        let handle = try FileHandle(forUpdating: file)
        defer { try? handle.close() }
        var left = try handle.seekToEnd()
        try handle.seek(toOffset: 0)
        let zeros = Data(count: 1 << 20)
        while left > 0 {
            let piece = min(left, UInt64(zeros.count))
            try handle.write(contentsOf: zeros.prefix(Int(piece)))
            left -= piece
        }
        try handle.synchronize()
    }

    /// - Throws: ``InboxError`` `.storage`.
    private func onQueue<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                do {
                    continuation.resume(returning: try body())
                } catch {
                    continuation.resume(
                        throwing: InboxError(
                            .storage, "cannot write or remove a file in \(folder.path); is it writable?", cause: error))
                }
            }
        }
    }
}
