import Foundation
import Vocabulary

/// What the server does with a request, and what it puts on the bill for it.
struct Outcome {
    var status: Int
    var headers: [String: String]
    var body: Data
    var delay: Duration = .zero
    var ending = Ending.complete
    var tokens = TokenCount.none
    /// `nil` when the price is not known.
    var cost: USD? = .zero

    /// How the response ends.
    enum Ending {
        case complete
        /// The connection is closed without a byte.
        case cutBeforeHeaders
        /// The connection is closed after half of the body.
        case cutMidBody
        /// Nothing is sent while the connection stays open.
        case hang
    }

    /// A response at no cost.
    init(status: Int, headers: [String: String], text: String) {
        self.status = status
        self.headers = headers
        body = Data(text.utf8)
    }

    init(refusing error: APIError) {
        status = error.status
        headers = error.headers.merging(Self.json) { own, _ in own }
        body = Self.data(error.body)
    }

    /// The response for a completion, charged at its cost.
    ///
    /// - Parameters:
    ///   - json: the body, when it is not the completion's own.
    ///   - transform: changes the bytes of the body.
    init(
        of completion: Completion, json: JSONValue? = nil, delay: Duration = .zero, ending: Ending = .complete,
        transform: (Data) -> Data = { $0 }
    ) {
        status = 200
        headers = Self.json
        body = transform(Self.data(json ?? completion.json))
        self.delay = delay
        self.ending = ending
        tokens = completion.tokens
        cost = completion.cost
    }

    private static let json = ["Content-Type": "application/json"]

    private static func data(_ json: JSONValue) -> Data {
        // Encoding fails only for numbers that JSON cannot write; the server makes none.
        (try? json.canonicalData()) ?? Data()
    }
}
