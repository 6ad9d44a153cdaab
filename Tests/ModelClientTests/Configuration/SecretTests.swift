import ModelClient
import Testing

struct SecretTests {
    @Test func `does not show in descriptions, reflections or dumps`() {
        let configuration = ModelClientConfiguration.sample()
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(text.contains("https://one.example.com/api/v1"))
            #expect(!text.contains("sk-test-not-a-key"))
        }
    }
}
