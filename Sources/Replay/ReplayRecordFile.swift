import Foundation
import Synchronization

/// A file with a line of JSON for each delivery of a replay.
package final class ReplayRecordFile: Sendable {
    private let queue = DispatchQueue(label: "bellhop.replay.record")
    private let handle: FileHandle
    private let failure = Mutex<(any Error)?>(nil)

    /// Replaces the file.
    ///
    /// - Throws: when it cannot be written.
    package init(path: String) throws {
        let url = URL(fileURLWithPath: path)
        try Data().write(to: url)
        handle = try FileHandle(forWritingTo: url)
    }

    /// Returns at once; the line is written by and by.
    package func append(_ record: ReplayRecord) {
        queue.async { [self] in
            do {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                try handle.write(contentsOf: try encoder.encode(record) + Data("\n".utf8))
            } catch {
                failure.withLock { $0 = error }
            }
        }
    }

    /// Waits until every line is written.
    ///
    /// - Throws: when one could not be.
    package func close() async throws {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume() }
        }
        try handle.close()
        if let error = failure.withLock({ $0 }) { throw error }
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
