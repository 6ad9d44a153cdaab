/// Headers as they lie in the database: a `name: value` line each, sorted by name.
///
/// HTTP allows no line break in a value; should one come in all the same, it is stored as a space. Bytes are looked at
/// and not characters: an accent at the start of a value would make one character of itself and the space before it.
enum StoredHeaders {
    static func text(of headers: [String: String]) -> String {
        var text = ""
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            if !text.isEmpty { text += "\n" }
            text += name
            text += ": "
            text += value.utf8.contains(UInt8(ascii: "\n")) ? value.withoutLineFeeds : value
        }
        return text
    }

    /// - Returns: `nil` when a line has another form.
    static func headers(in text: String) -> [String: String]? {
        var headers: [String: String] = [:]
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstRange(of: ": ".utf8) else { return nil }
            headers[String(Substring(line[..<colon.lowerBound]))] = String(Substring(line[colon.upperBound...]))
        }
        return headers
    }
}

extension String {
    fileprivate var withoutLineFeeds: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\n" ? " " : $0 }))
    }
}
