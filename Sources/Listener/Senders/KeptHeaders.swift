import HTTPTypes

/// The headers of a request that are stored with its delivery, by lower-case name: those of the sender's own families
/// and two more, but never a signature. Their number and size are bounded by what the door takes as headers at all.
struct KeptHeaders: Sendable, Equatable {
    private(set) var values: [String: String] = [:]
    /// Names that came more than once. The first value is the one kept.
    private(set) var repeated: Set<String> = []

    init(_ fields: HTTPFields) {
        for field in fields {
            let name = field.name.canonicalName
            guard Self.isKept(name) else { continue }
            if values[name] == nil {
                values[name] = field.value
            } else {
                repeated.insert(name)
            }
        }
    }

    subscript(name: String) -> String? {
        values[name]
    }

    private static func isKept(_ name: String) -> Bool {
        if name.hasPrefix("x-shopify-") || name.hasPrefix("shopify-") { return !name.hasSuffix("-hmac-sha256") }
        return name == "content-type" || name == "user-agent"
    }
}
