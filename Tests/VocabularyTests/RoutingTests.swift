import Foundation
import Testing
import Vocabulary

struct RoutingTests {
    @Test func `is coded with the words of the configuration`() throws {
        let routing = Routing(.highVolume, task: .reviewSentiment, complexity: .high)
        let data = try JSONEncoder().encode(routing)
        #expect(try JSONDecoder().decode(Routing.self, from: data) == routing)
        #expect(RoutingClass.highVolume.rawValue == "high_volume")
    }

    @Test func `names every task once`() {
        #expect(TaskType.known.count == 18)
        #expect(Set(TaskType.known).count == 18)
    }
}
