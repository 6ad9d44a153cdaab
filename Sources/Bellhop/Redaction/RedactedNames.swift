/// Gives the fields of an object their names after redaction, each its own: two addresses as names would both become
/// `[email]`, and one value would be lost.
struct RedactedNames {
    private var names: [String: String] = [:]

    /// - Parameter redacting: what becomes of one name.
    init(_ keys: [String], redacting: (String) -> String) {
        var changed: [(key: String, name: String)] = []
        var taken: Set<String> = []
        for key in keys {
            let name = redacting(key)
            if name == key { taken.insert(key) } else { changed.append((key, name)) }
        }
        var counts: [String: Int] = [:]
        for (key, name) in changed {
            var free = name
            while !taken.insert(free).inserted {
                counts[name, default: 1] += 1
                free = "\(name) (\(counts[name, default: 1]))"
            }
            names[key] = free
        }
    }

    func name(for key: String) -> String {
        names[key] ?? key
    }
}
