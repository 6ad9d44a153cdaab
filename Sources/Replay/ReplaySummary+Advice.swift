extension ReplaySummary {
    /// What to do about the first of the unexpected answers: a line for each status.
    ///
    /// - Parameter variable: the environment variable with the secret that the deliveries were signed with.
    package func advice(signedWith variable: String) -> [String] {
        var seen: Set<Int> = []
        return unexpectedExamples.compactMap(\.status).filter { seen.insert($0).inserted }.sorted().map {
            "\($0): \(Self.advice(on: $0, signedWith: variable))"
        }
    }

    private static func advice(on status: Int, signedWith variable: String) -> String {
        switch status {
        case 200: "a forged delivery was taken: whatever listens there checks no signature"
        case 400: "a payload is empty, or a proxy on the way drops the X-Shopify headers"
        case 401:
            "the server does not know the secret that signed these, or not for this shop; set \(variable) here to the one "
                + "that the server was started with, or choose another --shop"
        case 404, 405: "--to does not name the door; Bellhop takes webhooks at POST /webhooks"
        case 413: "a payload is larger than server.limits.body in bellhop.yaml"
        case 503:
            "nothing of these was stored: the server is stopping, has too much to do, or cannot write; its log and "
                + "`bellhop refusals` say which. Then replay again, with a lower --rate or --concurrency if it was too much"
        default: "`bellhop refusals` shows why, if it was Bellhop that answered"
        }
    }
}
