import HTTPCore
import Vocabulary

/// How one delivery ended, and how long it took.
enum DeliveryEnding {
    case answer(TransportResponse, after: Duration)
    case failure(String, after: Duration)
}

extension TransportResponse {
    /// Whether the body is `{"status": "duplicate", …}`.
    var saysDuplicate: Bool {
        body.count <= 4096 && (try? JSONValue(parsing: body))?["status"]?.string == "duplicate"
    }
}
