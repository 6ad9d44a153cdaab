import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Somebody outside this package can write a handler, as the README says.
@Suite(.timeLimit(.minutes(20))) struct OutsideHandlerTests {
    private let package = Project.root.appending(path: "Tests/Fixtures/OutsideHandler")

    @Test func theFixtureIsTheReadmesExample() throws {
        let readme = try String(contentsOf: Project.root.appending(path: "README.md"), encoding: .utf8)
        let block = try #require(readme.components(separatedBy: "```swift\n").dropFirst().first)
        let example = try #require(block.components(separatedBy: "```").first)
        let source = package.appending(path: "Sources/GiftOrders/GiftOrders.swift")
        #expect(try String(contentsOf: source, encoding: .utf8) == example)
    }

    @Test func theExamplePassesItsTestsInAPackageOfItsOwn() async throws {
        let result = try await Subprocess.run(
            .name("swift"), arguments: ["test", "--package-path", .init(package.path)],
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        #expect(
            result.terminationStatus == .exited(0),
            "\(result.standardOutput) \(result.standardError)")
    }
}
