import Bellhop

/// The body of `returns/request` or of `refunds/create`. Which one it is shows in its shape: a refund names its order
/// by number, a return holds it as an object.
public enum ReturnOrRefund: Decodable, Sendable {
    case requested(ReturnRequest)
    case refunded(Refund)

    private enum Key: String, CodingKey {
        case order
        case orderID = "order_id"
    }

    /// - Throws: `DecodingError` when the body names no order, or is neither of the two.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if container.contains(.orderID) {
            self = .refunded(try Refund(from: decoder))
        } else if container.contains(.order) {
            self = .requested(try ReturnRequest(from: decoder))
        } else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: container.codingPath, debugDescription: "neither a return nor a refund"))
        }
    }
}
