import BellhopConfiguration
import BellhopServer
import Console
import Testing

@Suite struct AdminTokenTests {
    private func token(_ text: String?) throws -> String? {
        try AdminToken.text(in: text.map { ["BELLHOP_ADMIN_TOKEN": $0] } ?? [:])
    }

    @Test(arguments: [nil, "", " \n"])
    func `without a token the door stays shut`(text: String?) throws {
        #expect(try token(text) == nil)
    }

    @Test func `a token from a mounted file has no line break`() throws {
        #expect(try token(" 0123456789abcdef\n") == "0123456789abcdef")
    }

    @Test(arguments: ["hush", "hush-hush-hush- ", "hush-hush\nhush-hush"])
    func `a token that could be guessed or sent by nobody is refused without a word of it`(text: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try token(text) }
        #expect(error.message.contains("BELLHOP_ADMIN_TOKEN"))
        #expect(!error.message.contains("hush"))
    }
}
