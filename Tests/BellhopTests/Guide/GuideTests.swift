import Foundation
import Testing

/// The guide for plugin authors shows code that is compiled and run here.
@Suite struct GuideTests {
    @Test(arguments: ["DeliveryWishes", "DeliveryWishesTests"])
    func `the guide's example is the one that is tested`(name: String) throws {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let guide = try String(
            contentsOf: here.appending(path: "../../../docs/handlers.md").standardizedFileURL, encoding: .utf8)
        let code = try String(contentsOf: here.appending(path: name + ".swift"), encoding: .utf8)
        #expect(guide.contains("```swift\n\(code)```"))
    }
}
