import BellhopTesting
import Foundation
import TestSupport
import Testing
import Vocabulary

/// The guide for plugin authors shows code that is compiled and run here, and answers that tests and stand-in can read.
@Suite struct GuideTests {
    private let here = URL(filePath: #filePath).deletingLastPathComponent()
    private let guide: String

    init() throws {
        guide = try String(
            contentsOf: here.appending(path: "../../../docs/handlers.md").standardizedFileURL, encoding: .utf8)
    }

    @Test(arguments: ["DeliveryWishes", "DeliveryWishesTests", "Presents", "PresentsTests"])
    func `the guide's example is the one that is tested`(name: String) throws {
        let code = try String(contentsOf: here.appending(path: name + ".swift"), encoding: .utf8)
        #expect(guide.contains("```swift\n\(code)```"))
    }

    @Test func `the guide's canned answers can be read`() throws {
        let block = try #require(guide.firstMatch(of: /```json\n(?<text>(?:.|\n)*?)```/)).text
        let entries = try TemporaryFolder.with(["gift-orders.json": String(block)]) {
            try CannedAnswers(folder: $0).entries
        }
        #expect(entries.map(\.answer) == ["Gift", "Gift"])
        let words = try #require(entries.first?.when)
        #expect(!words.isEmpty && entries.last?.when == [])
        // Who follows the guide sees the handler do something on a sample.
        let samples = here.appending(path: "../../../samples/orders/create").standardizedFileURL
        let notes = try FileManager.default.contentsOfDirectory(at: samples, includingPropertiesForKeys: nil)
            .compactMap { try JSONValue(parsing: Data(contentsOf: $0))["note"]?.string }
        #expect(notes.contains { note in words.allSatisfy { note.contains($0) } }, "\(words)")
    }
}
