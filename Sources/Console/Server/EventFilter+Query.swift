import Bellhop
import Hummingbird
import InboxCore

extension EventFilter {
    /// Reads `state` (several with commas), `topic`, `shop` and `limit`; what is missing or empty does not filter.
    ///
    /// - Throws: ``ConsoleError`` for a value that cannot be meant.
    init(query: Parameters) throws {
        func value(_ name: Substring) -> String? {
            query[name].map(String.init).flatMap { $0.isEmpty ? nil : $0 }
        }
        self.init(
            states: try Self.states(value("state")), topic: value("topic").map { Topic(rawValue: $0) },
            shop: try value("shop").map(Self.shop), limit: try value("limit").map(Self.limit) ?? 50)
    }

    private static func states(_ text: String?) throws -> Set<JobState.Name> {
        let names = text?.split(separator: ",") ?? []
        return Set(
            try names.map { name in
                guard let state = JobState.Name(rawValue: String(name)) else {
                    let allowed = JobState.Name.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ConsoleError(.badRequest, "unknown_state", "state must be one of: \(allowed)")
                }
                return state
            })
    }

    static func shop(_ text: String) throws -> Shop {
        guard let shop = Shop(domain: text) else {
            throw ConsoleError(.badRequest, "invalid_shop", "shop must be a host name such as shop.myshopify.com")
        }
        return shop
    }

    static func limit(_ text: String) throws -> Int {
        guard let limit = Int(text), (1...1000).contains(limit) else {
            throw ConsoleError(.badRequest, "invalid_limit", "limit must be from 1 to 1000")
        }
        return limit
    }
}
