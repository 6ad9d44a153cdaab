import Testing

@testable import ModelClient

struct RestingModelsTests {
    @Test func `remembers a rest until it is over`() {
        let models = RestingModels()
        models.rest("a", for: .seconds(10), at: .seconds(100))
        #expect(models.remaining(for: "a", at: .seconds(104)) == .seconds(6))
        #expect(models.remaining(for: "b", at: .seconds(104)) == nil)
        #expect(models.remaining(for: "a", at: .seconds(110)) == nil)
    }

    @Test func `keeps the longer of two rests`() {
        let models = RestingModels()
        models.rest("a", for: .seconds(10), at: .zero)
        models.rest("a", for: .seconds(1), at: .seconds(1))
        #expect(models.remaining(for: "a", at: .seconds(5)) == .seconds(5))
    }

    @Test func `believes no rest beyond an hour`() {
        let models = RestingModels()
        models.rest("a", for: .seconds(86_400), at: .zero)
        #expect(models.remaining(for: "a", at: .zero) == .seconds(3600))
    }
}
