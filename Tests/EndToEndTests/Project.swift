import Foundation

/// Where things lie in the checkout and in the build.
enum Project {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The `bellhop` that was built beside these tests.
    static var bellhop: String {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let besideTests = bundle.deletingLastPathComponent().appending(path: "bellhop").path
        if FileManager.default.isExecutableFile(atPath: besideTests) { return besideTests }
        return root.appending(path: ".build/debug/bellhop").path
    }

    /// A folder of its own for a test, removed afterwards.
    @discardableResult
    static func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bellhop-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }
}
