import Foundation
import TestSupport

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

    /// Writes the repository's own configuration as it is, but with a provider at which nothing listens: no server
    /// under test speaks to the internet or spends money.
    ///
    /// - Parameter more: what stands behind it.
    static func lonelyConfiguration(in folder: URL, more: String = "") throws -> URL {
        let text = try String(contentsOf: root.appending(path: "bellhop.yaml"), encoding: .utf8)
        let provider = "https://openrouter.ai/api/v1"
        guard text.contains(provider) else { throw CocoaError(.fileReadCorruptFile) }
        let file = folder.appending(path: "bellhop.yaml")
        try Data((text.replacing(provider, with: "http://127.0.0.1:1/v1") + more).utf8).write(to: file)
        return file
    }

    /// A folder of its own for a test, removed afterwards.
    @discardableResult
    static func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        try await TemporaryFolder.with([:], body)
    }
}
