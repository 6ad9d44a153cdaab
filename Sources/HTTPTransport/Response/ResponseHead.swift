/// Status and headers, before the body.
struct ResponseHead: Sendable {
    var status: Int
    var headers: HeaderBlock

    /// Whether a status ends the wait for a response. The others are interim: the response is still to come. A server
    /// that switches protocols sends no other.
    static func isFinal(_ status: Int) -> Bool {
        status >= 200 || status == 101
    }
}
