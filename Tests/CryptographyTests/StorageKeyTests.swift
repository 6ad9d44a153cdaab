import Cryptography
import Foundation
import Testing

@Suite struct StorageKeyTests {
    private let old: StorageKey
    private let new: StorageKey

    init() throws {
        old = try StorageKey(bytes: Data(0..<32))
        new = try StorageKey(bytes: Data(1..<33))
    }

    @Test func `the newest key seals, and all of them open`() throws {
        let before = try StorageKeys([old]).seal(Data("before".utf8), for: "a")
        let ring = StorageKeys([new, old])
        #expect(try ring.open(before, for: "a") == Data("before".utf8))
        #expect(Seal.keyID(of: try ring.seal(Data("after".utf8), for: "a")) == new.id)
    }

    @Test func `a key that is missing is named by its id`() throws {
        let sealed = try StorageKeys([old]).seal(Data("before".utf8), for: "a")
        #expect(throws: SealError.missingKey(old.id)) { try StorageKeys([new]).open(sealed, for: "a") }
        #expect(throws: SealError.missingKey(old.id)) { try StorageKeys.none.open(sealed, for: "a") }
        #expect(throws: SealError.noKey) { try StorageKeys.none.seal(Data(), for: "a") }
    }

    @Test func `an id is sixteen hex digits, and the same for the same key`() throws {
        #expect(old.id.description.wholeMatch(of: /[0-9a-f]{16}/) != nil)
        #expect(try StorageKey(base64: Data(0..<32).base64EncodedString()).id == old.id)
        #expect(old.id != new.id)
    }

    @Test(arguments: [
        ("not base64!", StorageKeyError.notBase64), (Data(0..<16).base64EncodedString(), .size(16)),
        (Data(repeating: 7, count: 32).base64EncodedString(), .notRandom), ("", .size(0)),
    ])
    func `what is no key is refused with the reason`(text: String, error: StorageKeyError) {
        #expect(throws: error) { try StorageKey(base64: text) }
    }

    @Test func `a key never shows its value`() {
        let value = Data(0..<32).base64EncodedString()
        for text in ["\(old)", String(reflecting: old), String(describing: Mirror(reflecting: old).children.first)] {
            #expect(!text.contains(value))
            #expect(text.contains(old.id.description))
        }
        var dumped = ""
        dump(StorageKeys([old]), to: &dumped)
        #expect(!dumped.contains("- 31"))
    }
}
