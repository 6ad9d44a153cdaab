import Foundation

/// The repository that this file stands in.
enum Repository {
    private static let root = URL(filePath: "../..", relativeTo: URL(filePath: #filePath))

    /// The names in a folder, sorted, without hidden ones.
    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
            .filter { !$0.hasPrefix(".") }.sorted()
    }

    static func text(of file: String) throws -> String {
        try String(contentsOf: url(of: file), encoding: .utf8)
    }

    static func url(of path: String) -> URL {
        root.appending(path: path)
    }
}
