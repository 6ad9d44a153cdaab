import Foundation

/// The inputs that are kept for a target.
struct Corpus {
    /// By the path from the root of the repository, in a fixed order.
    let inputs: [(path: String, data: Data)]

    private static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    init(of target: FuzzTarget) throws {
        inputs = try (["Tests/Fuzz/Corpus/\(target.name)"] + target.seeds)
            .flatMap { try Self.files(at: $0) }
            .map { ($0, try Data(contentsOf: Self.repository.appending(path: $0))) }
    }

    private static func files(at path: String) throws -> [String] {
        let url = repository.appending(path: path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue else {
            return [path]
        }
        return try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted().map { "\(path)/\($0)" }
            .filter { file in
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(
                    atPath: repository.appending(path: file).path, isDirectory: &isFolder)
                return !isFolder.boolValue
            }
    }
}
