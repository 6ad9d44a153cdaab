import Foundation
import HTTPCore

/// What the curl thread hands back. The caller's own thread makes text of the headers.
struct RawResponse: Sendable {
    var head: ResponseHead
    var body: Data
    var finished: ContinuousClock.Instant
}

extension TransportResponse {
    init(_ response: RawResponse, handedOver: ContinuousClock.Instant) {
        self.init(
            status: response.head.status, headers: response.head.headers.fields, body: response.body,
            elapsed: handedOver.duration(to: response.finished))
    }
}
