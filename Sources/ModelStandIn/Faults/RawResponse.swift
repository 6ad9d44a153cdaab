/// A response that is sent as it is written here.
package struct RawResponse: Sendable, Hashable, Codable {
    /// From 200 to 599.
    package let status: Int
    package let headers: [String: String]
    package let body: String

    /// - Precondition: the status is from 200 to 599.
    package init(status: Int, headers: [String: String] = [:], body: String = "") {
        precondition(Self.statuses.contains(status), "a raw response has a status from 200 to 599")
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        status = try container.decode(Int.self, forKey: .status)
        headers = try container.decodeIfPresent([String: String].self, forKey: .headers) ?? [:]
        body = try container.decodeIfPresent(String.self, forKey: .body) ?? ""
        guard Self.statuses.contains(status) else {
            throw DecodingError.dataCorruptedError(
                forKey: .status, in: container, debugDescription: "a raw response has a status from 200 to 599")
        }
    }

    private static let statuses = 200...599
}
