/// A response that is sent as it is written here.
package struct RawResponse: Sendable, Hashable {
    /// From 200 to 599.
    package let status: Int
    package let headers: [String: String]
    package let body: String

    /// - Precondition: the status is from 200 to 599.
    package init(status: Int, headers: [String: String] = [:], body: String = "") {
        precondition((200...599).contains(status), "a raw response has a status from 200 to 599")
        self.status = status
        self.headers = headers
        self.body = body
    }
}
