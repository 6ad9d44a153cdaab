import Bellhop
import Foundation
import InboxCore

@testable import Privacy

extension FuzzTarget {
    /// Bodies, read for whom they concern: whoever a request for erasure names is also found in its own body.
    static let privacy = FuzzTarget(name: "privacy", seeds: ["samples/returns"]) { data in
        let delivery = Delivery(
            sender: "shopify", shop: .example, topic: "customers/redact", webhookID: "1", body: data,
            bodyHash: Data(repeating: 0, count: 32), receivedAt: Date(timeIntervalSince1970: 0))
        guard let request = RequestBody(delivery) else { return }
        guard case .read(let subjects) = SubjectReader.read(delivery) else { return }
        try require(request.subjects.isSubset(of: subjects), "a request does not concern whom it names")
    }
}
