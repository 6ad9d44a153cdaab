import Bellhop
import Foundation
import HTTPTypes

@testable import Cryptography
@testable import Listener

extension FuzzTarget {
    /// A `Name: value` line for each header of a request, as it reaches the door.
    static let headers = FuzzTarget(name: "headers") { data in
        let fields = HTTPFields(headerLines: data)
        let kept = KeptHeaders(fields)
        for sender in Sender.known {
            try require(kept[sender.signatureHeader.canonicalName] == nil, "a signature is kept")
            guard let identity = try? Identity(kept, as: sender.headers, receivedAt: .now) else { continue }
            try check(identity)
        }
        guard let (sender, code) = try? Sender.identify(fields) else { return }
        try require(fields[values: sender.signatureHeader] == [code.base64], "a signature is read as another")
    }

    private static func check(_ identity: Identity) throws {
        let topic = identity.topic.rawValue
        try require(topic == topic.lowercased() && topic.contains("/"), "a topic has another form")
        try require(topic.utf8.count <= 128, "a topic is long")
        try require(identity.shop.domain.utf8.count <= 255, "a shop's name is long")
        let names = [identity.webhookID] + [identity.eventID, identity.apiVersion].compactMap { $0 }
        try require(
            names.allSatisfy { name in
                (1...200).contains(name.utf8.count) && name.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            }, "an id is not one")
    }
}

extension HTTPFields {
    init(headerLines data: Data) {
        self.init()
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n").prefix(100) {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, let name = HTTPField.Name(String(first)) else { continue }
            append(HTTPField(name: name, value: parts.dropFirst().first.map { String($0.drop { $0 == " " }) } ?? ""))
        }
    }
}
