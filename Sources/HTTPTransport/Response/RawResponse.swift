import Foundation
import HTTPCore

/// What the curl thread hands back. The caller's own thread makes text of the headers.
struct RawResponse: Sendable {
    var status: Int
    var headers: HeaderBlock
    var body: Data
    var finished: ContinuousClock.Instant
}

extension TransportResponse {
    init(_ response: RawResponse, handedOver: ContinuousClock.Instant) {
        self.init(
            status: response.status, headers: response.headers.fields, body: response.body,
            elapsed: handedOver.duration(to: response.finished))
    }
}
