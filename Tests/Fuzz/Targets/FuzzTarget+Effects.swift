import Bellhop
import Foundation

@testable import InboxSQLite

extension FuzzTarget {
    /// The stored form of effects, and the names in it.
    static let effects = FuzzTarget(name: "effects") { data in
        let text = String(decoding: data, as: UTF8.self)
        if let resource = ResourceID(gid: text) {
            try require(!resource.type.isEmpty && resource.type.utf8.count < 200, "a resource has no type")
        }
        if let shop = Shop(domain: text) {
            try require(Shop(domain: shop.domain) == shop, "a shop's name is no shop's name")
        }
        guard let value = try? JSONValue(parsing: data), let effect = try? value.decode(Effect.self) else { return }
        let stored = try StoredEffect.encode(effect)
        try require(try StoredEffect.decode(stored) == effect, "an effect changes in storage")
        try require(try StoredEffect.encode(effect) == stored, "equal effects are stored in two ways")
    }
}
