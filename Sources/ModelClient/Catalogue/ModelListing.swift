public import Foundation
public import Vocabulary

/// The models that a provider offers, as its `GET /models` lists them.
///
/// OpenRouter lists prices; other servers list little more than ids. What cannot be read in an entry counts as not
/// known, and an entry without an id is left out.
public struct ModelListing: Sendable, Hashable {
    public var entries: [Entry]

    public struct Entry: Sendable, Hashable {
        public var id: String
        /// `nil` when not listed, as are all prices below.
        public var promptPrice: TokenPrice?
        public var completionPrice: TokenPrice?
        /// Of a prompt token that is read from the provider's cache.
        public var cachedPromptPrice: TokenPrice?
        /// What each request costs beside its tokens.
        public var requestPrice: USD?
        /// In tokens.
        public var contextLength: Int?
        /// When the provider takes the model off its list, in the provider's words, at most 40 characters.
        public var expirationDate: String?

        public init(
            id: String, promptPrice: TokenPrice? = nil, completionPrice: TokenPrice? = nil,
            cachedPromptPrice: TokenPrice? = nil, requestPrice: USD? = nil, contextLength: Int? = nil,
            expirationDate: String? = nil
        ) {
            self.id = id
            self.promptPrice = promptPrice
            self.completionPrice = completionPrice
            self.cachedPromptPrice = cachedPromptPrice
            self.requestPrice = requestPrice
            self.contextLength = contextLength
            self.expirationDate = expirationDate
        }
    }

    public init(entries: [Entry]) {
        self.entries = entries
    }

    /// Reads the body of the answer.
    ///
    /// - Throws: `DecodingError` when it is not JSON, or holds no list under `data`.
    public init(parsing body: Data) throws {
        guard let list = try JSONValue(parsing: body)["data"]?.elements else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "there is no list under \"data\""))
        }
        entries = list.compactMap(Entry.init)
    }

    /// The entry of a model.
    ///
    /// - Parameter id: as it is sent. Suffixes that choose how OpenRouter routes (`:nitro`), and Ollama's standard tag
    ///   (`:latest`), need not be listed.
    public func entry(for id: String, dialect: Provider.Dialect) -> Entry? {
        if let entry = entries.first(where: { $0.id == id }) { return entry }
        switch dialect {
        case .openRouter:
            guard let colon = id.lastIndex(of: ":") else { return nil }
            let suffix = String(id[colon...])
            guard Self.routingSuffixes.contains(suffix) || suffix == Self.searching else { return nil }
            let base = entries.first { $0.id == id[..<colon] }
            return suffix == Self.searching ? base?.withoutPrices : base
        case .ollama: return entries.first { $0.id == "\(id):latest" }
        default: return nil
        }
    }

    /// They choose among the providers of the same model.
    private static let routingSuffixes: Set = [":nitro", ":floor", ":exacto"]
    /// It has the model search the web, which costs more than the model's price says.
    private static let searching = ":online"
}

extension ModelListing.Entry {
    fileprivate var withoutPrices: Self {
        Self(id: id, contextLength: contextLength, expirationDate: expirationDate)
    }

    fileprivate init?(_ json: JSONValue) {
        guard let id = json["id"]?.string, !id.isEmpty else { return nil }
        let prices = ListedPrices(json["pricing"])
        self.init(
            id: id, promptPrice: prices.token("prompt"), completionPrice: prices.token("completion"),
            cachedPromptPrice: prices.token("input_cache_read"), requestPrice: prices.request,
            contextLength: json["context_length"]?.integer.flatMap { $0 > 0 ? Int(clamping: $0) : nil },
            expirationDate: json["expiration_date"]?.string.map { String($0.prefix(40)) })
    }
}
