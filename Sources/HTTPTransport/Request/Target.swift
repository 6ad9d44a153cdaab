import HTTPCore

/// Where a request goes: an absolute URL that is safe to hand over, and the origin that its connection belongs to.
struct Target: Sendable, Hashable {
    let url: String
    /// Scheme, host and port in lower case.
    let origin: String

    /// libcurl takes much more; no address we call comes near this.
    static let maxBytes = 64 << 10

    /// - Throws: ``TransportError`` with `invalidRequest`. What passes can still be refused by libcurl's own parser.
    init(_ url: String) throws {
        guard url.utf8.count <= Self.maxBytes else { throw TransportError.invalidRequest("the URL is too long") }
        // A space, a control character or a line break could end the request line early.
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw TransportError.invalidRequest("the URL holds a character that must be percent-encoded")
        }
        guard let separator = url.firstRange(of: "://") else {
            throw TransportError.invalidRequest("the URL is not absolute")
        }
        let scheme = url[..<separator.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else {
            throw TransportError.invalidRequest("the URL is neither http nor https")
        }
        let authority = url[separator.upperBound...].prefix { !"/?#".contains($0) }
        guard !authority.isEmpty, !authority.hasPrefix(":") else {
            throw TransportError.invalidRequest("the URL names no host")
        }
        guard !authority.contains("@") else {
            throw TransportError.invalidRequest("the URL holds a user name: credentials belong in a header")
        }
        self.url = url
        origin = scheme + "://" + authority.lowercased()
    }
}
