package import Foundation

/// A folder of its own for a test, removed afterwards.
package enum TemporaryFolder {
    /// - Parameter files: what lies in it, by path; folders on the way are made.
    package static func with<Result>(
        _ files: [String: String] = [:], _ body: (URL) throws -> Result
    ) throws -> Result {
        let folder = try make(files)
        defer { remove(folder) }
        return try body(folder)
    }

    /// - Parameter files: what lies in it, by path; folders on the way are made.
    package static func with<Result>(
        _ files: [String: String] = [:], _ body: (URL) async throws -> Result
    ) async throws -> Result {
        let folder = try make(files)
        defer { remove(folder) }
        return try await body(folder)
    }

    private static func make(_ files: [String: String]) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bellhop-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            for (path, text) in files {
                let file = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
        } catch {
            remove(folder)
            throw error
        }
        return folder
    }

    private static func remove(_ folder: URL) {
        try? FileManager.default.removeItem(at: folder)
    }
}
