import ModelClient
import Testing

@Suite struct WebAddressTests {
    @Test(arguments: [
        ("https://api.example.com/v1", false), ("HTTPS://api.example.com", false), ("http://127.0.0.1:11434/v1", false),
        ("http://localhost", false), ("http://LocalHost:1/x?y=z", false), ("http://[::1]:8080", false),
        ("http://api.example.com", true), ("http://10.0.0.7:11434/v1", true), ("HTTP://127.0.0.1.example.com", true),
        ("http://localhost.example.com", true),
    ])
    func `plain http is for this machine`(text: String, isInClear: Bool) throws {
        #expect(try WebAddress(text).isInClear == isInClear)
    }

    @Test(arguments: [
        "", "api.example.com", "ftp://api.example.com", "file:///etc/passwd", "https://", "https:///v1",
        "https://api.example.com/a b", "https://api.example.com/\n", " https://api.example.com",
    ])
    func `what is no address of the web is refused`(text: String) {
        #expect(throws: WebAddress.Flaw.noAddress) { try WebAddress(text) }
    }

    @Test(arguments: ["https://me@api.example.com", "https://me:hush@api.example.com", "https://api.example.com/#hush"])
    func `an address holds no password`(text: String) {
        #expect(throws: WebAddress.Flaw.holdsMore) { try WebAddress(text) }
    }
}
