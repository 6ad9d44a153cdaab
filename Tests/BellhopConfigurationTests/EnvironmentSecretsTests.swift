import BellhopConfiguration
import ModelClient
import Testing

/// Every secret of a configuration is read in the same way.
@Suite struct EnvironmentSecretsTests {
    private static let lines = """
        destinations:
          erp: { url: "https://erp.example.com", secret_env: SECRET }

        """
    private static let url = "url: http://127.0.0.1:11434/v1"
    private static let withKey = (url, with: url + "\n    key_env: KEY")

    @Test func `white space around a secret is not part of it`() throws {
        let settings = try Sample.settings(
            adding: Self.lines, replacing: Self.withKey, environment: ["SECRET": " new,\told\n", "KEY": "sk-test\n"])
        #expect(settings.destinations["erp"]?.secrets == [Secret("new"), Secret("old")])
        #expect(settings.models.providers.first?.apiKey == Secret("sk-test"))
    }

    @Test func `a key is one, whatever is in it`() throws {
        let settings = try Sample.settings(replacing: Self.withKey, environment: ["KEY": "sk,test"])
        #expect(settings.models.providers.first?.apiKey == Secret("sk,test"))
        let empty = try Sample.settings(replacing: Self.withKey, environment: ["KEY": " \n"])
        #expect(empty.models.providers.first?.apiKey == nil)
    }

    @Test(arguments: ["SECRET", "KEY"])
    func `a line break in a secret is a mistake that does not repeat it`(variable: String) throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Sample.settings(
                adding: Self.lines, replacing: Self.withKey, environment: [variable: "hush\r\nX-Other: hush"])
        }
        #expect(error.message.contains("\(variable) has a line break"))
        #expect(!"\(error)".contains("hush"))
    }
}
