/// What Shopify sends of a body when these fields are asked for.
struct SentFields {
    private let paths: Set<Substring>

    /// - Parameter paths: as `include_fields` has them, for example `customer.id`.
    init(_ paths: [String]) {
        self.paths = Set(paths.map { $0[...] })
    }

    /// Whether a field is among them, by itself or inside of one that is sent whole.
    func holds(_ field: String) -> Bool {
        if paths.contains(field[...]) { return true }
        return field.indices.contains { field[$0] == "." && paths.contains(field[..<$0]) }
    }
}
