import Foundation
import Synchronization

/// A file with a line of JSON for each delivery of a replay.
package final class ReplayRecordFile: Sendable {
    private let queue = DispatchQueue(label: "bellhop.replay.record")
    private let path: String
    private let handle: FileHandle
    private let hasFailed = Mutex(false)

    /// Replaces the file.
    ///
    /// - Throws: ``ReplayRecordFileError`` when it cannot be written.
    package init(path: String) throws {
        self.path = path
        let url = URL(fileURLWithPath: path)
        do {
            try Data().write(to: url)
            handle = try FileHandle(forWritingTo: url)
        } catch {
            throw ReplayRecordFileError(path: path)
        }
    }

    /// Returns at once; the line is written by and by.
    package func append(_ record: ReplayRecord) {
        queue.async { [self] in
            do {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                try handle.write(contentsOf: try encoder.encode(record) + Data("\n".utf8))
            } catch {
                hasFailed.withLock { $0 = true }
            }
        }
    }

    /// Waits until every line is written.
    ///
    /// - Throws: ``ReplayRecordFileError`` when one could not be.
    package func close() async throws {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume() }
        }
        let isClosed = (try? handle.close()) != nil
        if !isClosed || hasFailed.withLock({ $0 }) { throw ReplayRecordFileError(path: path) }
    }

    /// The records of a file. A last line without its end is left out: its writer was killed.
    ///
    /// - Throws: when the file cannot be read or holds anything else.
    package static func records(at path: String) throws -> [ReplayRecord] {
        let lines = try Data(contentsOf: URL(fileURLWithPath: path)).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return try lines.dropLast().map { try JSONDecoder().decode(ReplayRecord.self, from: $0) }
    }
}

/// A file that no deliveries can be written to.
package struct ReplayRecordFileError: Error, Hashable, CustomStringConvertible {
    package var path: String

    package var description: String {
        "the deliveries cannot be written to \(path); choose a file in a folder that can be written, on a disk with room"
    }
}
