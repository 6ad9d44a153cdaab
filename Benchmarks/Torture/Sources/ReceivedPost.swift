import Cryptography
import Foundation
import HTTPTypes
import TortureJudge

/// A request as the receiver of effects reads it.
struct ReceivedPost {
    var key: String
    /// Of the body.
    var digest: String
    var repetition: Facts.Repetition
    var isSigned: Bool
    /// The key that the path asks about.
    var askedKey: String

    init(_ head: HTTPRequest, body: Data) throws {
        func header(_ name: String) -> String {
            HTTPField.Name(name).flatMap { head.headerFields[$0] } ?? ""
        }
        let path = (head.path ?? "").split(separator: "/", maxSplits: 1)
        key = header("Idempotency-Key").trimmingCharacters(in: ["\""])
        digest = try SHA256.digest(of: body).map { String($0, radix: 16) }.joined(separator: ".")
        repetition = path.first.flatMap { Facts.Repetition(rawValue: String($0)) } ?? .neither
        askedKey = path.dropFirst().first?.removingPercentEncoding ?? ""
        let signed = Data("\(header("Bellhop-Timestamp")).".utf8) + body
        let code = try MessageCode.signing(signed, with: SigningSecret(Stage.destinationSecret)).hex
        isSigned = header("Bellhop-Signature") == "v1=\(code)"
    }
}
