/// Headers as they lie in the database: a `name: value` line each, sorted by name.
///
/// HTTP allows no line break in a value; should one come in all the same, it is stored as a space.
enum StoredHeaders {
    static func text(of headers: [String: String]) -> String {
        headers.sorted { $0.key < $1.key }.map { name, value in
            let isPlain = !value.utf8.contains(UInt8(ascii: "\n"))
            return "\(name): \(isPlain ? value : value.replacing("\n", with: " "))"
        }.joined(separator: "\n")
    }

    /// - Returns: `nil` when a line has another form.
    static func headers(in text: String) -> [String: String]? {
        var headers: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let colon = line.firstRange(of: ": ") else { return nil }
            headers[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
        }
        return headers
    }
}
