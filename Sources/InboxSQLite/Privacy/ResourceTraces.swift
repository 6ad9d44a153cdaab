import GRDB

/// What is kept of the resource that a delivery is about, beside its payload.
struct ResourceTraces {
    let db: Database

    func erase(of delivery: Int64) throws {
        let found = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT shop, resource FROM deliveries WHERE seq = ? AND resource IS NOT NULL"),
            arguments: [delivery])
        guard let found else { return }
        let shop: String = try found.decode(forKey: "shop")
        let resource: String = try found.decode(forKey: "resource")
        for table in ["newest_versions", "writes"] {
            try db.cachedStatement(sql: "DELETE FROM \(table) WHERE shop = ? AND resource IN (?, ?)")
                .execute(arguments: [shop, resource, "gid://shopify/\(resource)"])
        }
        try Overwriting(db: db).zero("resource", of: "deliveries", where: "seq = ?", delivery)
        try db.cachedStatement(sql: "UPDATE deliveries SET resource = NULL WHERE seq = ?")
            .execute(arguments: [delivery])
    }
}
