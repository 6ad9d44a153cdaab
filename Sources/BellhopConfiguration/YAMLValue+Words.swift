import Bellhop
import Vocabulary

extension YAMLValue {
    func texts() throws -> [String] {
        try list().map { try $0.text() }
    }

    /// A list with at least one text.
    func someTexts() throws -> [String] {
        let texts = try texts()
        guard !texts.isEmpty else { throw mistake("is empty; leave it out instead") }
        return texts
    }

    /// Texts by keys that the user chooses.
    func textsByName() throws -> [String: String] {
        let pairs = try mapping().values.map { ($0.key, try $0.value.text()) }
        return Dictionary(pairs, uniquingKeysWith: { _, last in last })
    }

    /// A shop's host name, in lower case.
    func shop() throws -> String {
        try shop(text())
    }

    /// - Parameter name: what stands in the file, as this value or as the key that leads to it.
    func shop(_ name: String) throws -> String {
        guard let shop = Shop(domain: name) else {
            throw mistake("must be a shop's host name, for example kelp-and-cotton.myshopify.com")
        }
        return shop.domain
    }

    /// A word in lower case, such as a task.
    func word(_ name: String, _ what: String) throws -> String {
        let isWord = name.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "_")
        }
        guard isWord, (1...64).contains(name.utf8.count) else {
            throw mistake("must be \(what): letters in lower case, digits and _, for example review_sentiment")
        }
        return name
    }
}
