import Foundation
import NIOPosix
import Synchronization

/// A bill that another process can read: a line of JSON for each answered request.
///
/// A line is handed to the system whole before its answer's first byte is sent, and stays when the stand-in or its
/// client is killed. It is not flushed to the disk: a power cut is no part of any test.
package final class BillFile: Sendable {
    private let path: String
    private let handle: Mutex<FileHandle>

    /// Opens the file and leaves what is in it as it is.
    ///
    /// - Throws: ``BillFileError`` when it cannot be written.
    package init(path: String) throws {
        self.path = path
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil) else { throw BillFileError(path: path) }
        }
        guard let handle = FileHandle(forWritingAtPath: path) else { throw BillFileError(path: path) }
        do {
            try handle.seekToEnd()
        } catch {
            throw BillFileError(path: path)
        }
        self.handle = Mutex(handle)
    }

    /// The entries of a file, in the order of their lines.
    ///
    /// - Throws: when the file cannot be read or holds anything else. A last line without its end is left out.
    package static func entries(at path: String) throws -> [BillStatement.Entry] {
        let lines = try Data(contentsOf: URL(filePath: path)).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return try lines.dropLast().map { try JSONDecoder().decode(BillStatement.Entry.self, from: $0) }
    }

    func append(_ entry: BillStatement.Entry) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = try encoder.encode(entry) + Data("\n".utf8)
        // Writing may block, so it gets a thread that may.
        try await NIOThreadPool.singleton.runIfActive { [self] in
            do {
                try handle.withLock { try $0.write(contentsOf: line) }
            } catch {
                throw BillFileError(path: path)
            }
        }
    }
}

/// A file that no bill can be written to.
package struct BillFileError: Error, Hashable, CustomStringConvertible {
    package var path: String

    package var description: String {
        "the bill cannot be written to \(path); choose a file in a folder that can be written, on a disk with room"
    }
}
