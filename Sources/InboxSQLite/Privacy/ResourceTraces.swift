import Bellhop
import Foundation
import GRDB
import InboxCore

/// What is remembered of resources beside the payloads: their newest versions, and what we wrote to them. All
/// deliveries of a resource share it, so it goes when a person is forgotten, and not with the age of one of them.
struct ResourceTraces {
    let db: Database
    let sealing: Sealing

    /// Erases what is remembered of the resource that a delivery is about, and of those that its effects wrote to.
    func erase(of delivery: Int64) throws {
        let found = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT shop, resource FROM deliveries WHERE seq = ?"), arguments: [delivery])
        guard let found else { return }
        let shop: String = try found.decode(forKey: "shop")
        for resource in try written(by: delivery) { try erase(resource, in: shop) }
        guard let resource = try found.decode(String?.self, forKey: "resource") else { return }
        try erase(resource, in: shop)
        try Overwriting(db: db).zero("resource", of: "deliveries", where: "seq = ?", delivery)
        try db.cachedStatement(sql: "UPDATE deliveries SET resource = NULL WHERE seq = ?")
            .execute(arguments: [delivery])
    }

    /// Erases what is remembered of a customer or an order that is named.
    func erase(of subject: Subject, in shop: Shop) throws {
        switch subject.kind {
        case .customer: try erase("Customer/\(subject.value)", in: shop.domain)
        case .order: try erase("Order/\(subject.value)", in: shop.domain)
        case .email, .phone: break
        }
    }

    private func written(by delivery: Int64) throws -> [String] {
        let jobs = try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT DISTINCT job FROM effects WHERE delivery = ?"), arguments: [delivery])
        let effects = Effects(db: db, sealing: sealing)
        return try jobs.flatMap { try effects.ofJob($0) }.compactMap { try? effects.effect(of: $0).resource?.gid }
    }

    /// - Parameter resource: with or without the beginning of a global id.
    private func erase(_ resource: String, in shop: String) throws {
        let short = resource.replacing("gid://shopify/", with: "")
        for table in ["newest_versions", "writes"] {
            try db.cachedStatement(sql: "DELETE FROM \(table) WHERE shop = ? AND resource IN (?, ?)")
                .execute(arguments: [shop, short, "gid://shopify/\(short)"])
        }
    }
}
