extension TransportError {
    /// Most headers that an error keeps.
    package static let maxHeaders = 64
    /// Most bytes of names and values that an error keeps.
    package static let maxHeaderBytes = 8 << 10

    /// Received headers in the form and within the bounds of ``headers``.
    ///
    /// A name that comes twice keeps its first value. What does not fit is left out, so that one long header does not
    /// take the room of those after it.
    package static func kept(of fields: [(name: String, value: String)]) -> [String: String] {
        var kept: [String: String] = [:]
        var bytesLeft = maxHeaderBytes
        for (name, value) in fields where kept.count < maxHeaders {
            let name = name.lowercased()
            let bytes = name.utf8.count + value.utf8.count
            guard bytes <= bytesLeft, kept[name] == nil else { continue }
            kept[name] = value
            bytesLeft -= bytes
        }
        return kept
    }
}
