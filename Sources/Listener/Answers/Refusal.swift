/// Why a request was not accepted. The raw value is the reason code in the answer and the label of the counter.
package enum Refusal: String, Error, Sendable, Hashable, CaseIterable {
    // The request as such.
    case malformedRequest = "malformed_request"
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case headersTooSlow = "headers_too_slow"
    case bodyTooSlow = "body_too_slow"
    case bodyTooLarge = "body_too_large"
    case headersTooLarge = "headers_too_large"
    case targetTooLong = "target_too_long"
    case transferCodingUnknown = "transfer_coding_unknown"

    // Who sent it.
    case signatureMissing = "signature_missing"
    case signatureMalformed = "signature_malformed"
    case signatureWrong = "signature_wrong"
    case shopNotCovered = "shop_not_covered"
    case shopMismatch = "shop_mismatch"

    // What it says; only ever told to a sender whose signature holds.
    case bodyEmpty = "body_empty"
    case headerRepeated = "header_repeated"
    case topicMissing = "topic_missing"
    case topicInvalid = "topic_invalid"
    case shopMissing = "shop_missing"
    case shopInvalid = "shop_invalid"
    case webhookIDMissing = "webhook_id_missing"
    case webhookIDInvalid = "webhook_id_invalid"

    // Not the sender's fault: it shall come again.
    case storageFailed = "storage_failed"
    case overloaded
    case answerTooSlow = "answer_too_slow"
    case stopping
    case tooManyFromAddress = "too_many_from_address"
    /// Never said: the connection is closed as soon as it is there.
    case tooManyConnections = "too_many_connections"

    /// The HTTP status that goes with it.
    package var status: Int {
        switch self {
        case .malformedRequest, .bodyEmpty, .headerRepeated, .topicMissing, .topicInvalid, .shopMissing, .shopInvalid,
            .webhookIDMissing, .webhookIDInvalid:
            400
        case .signatureMissing, .signatureMalformed, .signatureWrong, .shopNotCovered, .shopMismatch: 401
        case .notFound: 404
        case .methodNotAllowed: 405
        case .headersTooSlow, .bodyTooSlow: 408
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .headersTooLarge: 431
        case .transferCodingUnknown: 501
        case .storageFailed, .overloaded, .answerTooSlow, .stopping, .tooManyFromAddress, .tooManyConnections: 503
        }
    }

    /// One sentence for the person who reads the sender's log. It repeats nothing of the request.
    var explanation: String {
        switch self {
        case .malformedRequest: "this is not a valid HTTP/1.1 request"
        case .notFound: "webhooks are taken at /webhooks"
        case .methodNotAllowed: "this path does not take that method"
        case .headersTooSlow: "the headers came too slowly"
        case .bodyTooSlow: "the body came too slowly"
        case .bodyTooLarge: "the body is larger than allowed"
        case .headersTooLarge: "the headers are larger or more than allowed"
        case .targetTooLong: "the path is longer than allowed"
        case .transferCodingUnknown: "the body has a transfer coding other than chunked"
        case .signatureMissing: "there is no signature header of a known sender"
        case .signatureMalformed: "the signature header is not one base64 code of 32 bytes"
        case .signatureWrong: "the signature does not match the body under any known secret"
        case .shopNotCovered: "the secret that matched does not cover this shop"
        case .shopMismatch: "the body names another shop than the headers"
        case .bodyEmpty: "the body is empty"
        case .headerRepeated: "a header that must be single is repeated"
        case .topicMissing: "the topic header is missing"
        case .topicInvalid: "the topic header is not a topic"
        case .shopMissing: "the shop header is missing"
        case .shopInvalid: "the shop header is not a host name"
        case .webhookIDMissing: "the webhook id header is missing"
        case .webhookIDInvalid: "the webhook id header is not an id"
        case .storageFailed: "the webhook could not be stored; deliver it again"
        case .overloaded: "too much is waiting to be stored; deliver it again"
        case .answerTooSlow: "storing took too long; deliver it again"
        case .stopping: "the server is stopping; deliver it again"
        case .tooManyFromAddress: "too many requests from this address are under way; deliver it again"
        case .tooManyConnections: "too many connections are open; deliver it again"
        }
    }
}
