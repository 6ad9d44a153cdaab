import Foundation
import Testing

@testable import Bellhop

/// Redacted samples still say what answers are checked against, and no longer who the customer is.
@Suite struct RedactedSamplesTests {
    private static let folder = URL(filePath: "../../../samples", relativeTo: URL(filePath: #filePath))

    private static func bodies() throws -> [String: JSONValue] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var bodies: [String: JSONValue] = [:]
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "json", !file.path.contains("/answers/") else { continue }
            bodies[file.lastPathComponent] = try JSONValue(parsing: Data(contentsOf: file))
        }
        return bodies
    }

    private func texts(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(texts)
        case .object(let members): members.values.flatMap(texts)
        case .null, .bool, .integer, .number: []
        }
    }

    private func claims(_ value: JSONValue) -> Set<String> {
        Set(
            texts(value).flatMap(FactToken.tokens).filter {
                $0.kind == .orderNumber || $0.kind == .amount || $0.kind == .code
            }
            .map(\.word))
    }

    @Test func `every order number, amount and product code survives`() throws {
        let bodies = try Self.bodies()
        #expect(bodies.count > 10)
        for (name, body) in bodies {
            let redactor = Redactor(removing: Set(PersonalData.allCases), from: EventFacts(body: body))
            let redacted = redactor.redacted(["body": body])["body"] ?? .null
            #expect(claims(redacted) == claims(body), "\(name)")
        }
    }

    @Test func `every e-mail address, phone number and address goes`() throws {
        for (name, body) in try Self.bodies() {
            let redactor = Redactor(removing: Set(PersonalData.allCases), from: EventFacts(body: body))
            let data = try redactor.redacted(["body": body]).rendered()
            for key in ["email", "phone", "address1", "address2", "city", "zip"] {
                for value in values(of: key, in: body) where value.count > 3 {
                    #expect(!data.contains("\"\(value)\""), "\(name): \(key)")
                }
            }
            #expect(!data.contains("@example.com"), "\(name)")
        }
    }

    private func values(of key: String, in value: JSONValue) -> [String] {
        switch value {
        case .array(let elements): elements.flatMap { values(of: key, in: $0) }
        case .object(let members):
            [members[key]?.string].compactMap { $0 } + members.values.flatMap { values(of: key, in: $0) }
        case .null, .bool, .integer, .number, .string: []
        }
    }

    @Test func `an answer about redacted text is held against the whole event`() {
        let body: JSONValue = ["name": "#1047", "total_price": "123.97", "note": "KC-SOAP-3, call 503-555-0117"]
        let facts = EventFacts(body: body)
        let data = Redactor(removing: [.phone], from: facts).redacted([
            "note": "Order #1047, KC-SOAP-3, call 503-555-0117"
        ])
        #expect(data["note"] == "Order #1047, KC-SOAP-3, call [phone]")
        #expect(facts.complaints(about: "Order #1047 for 123.97: call [phone] about KC-SOAP-3").isEmpty)
        #expect(!facts.complaints(about: "Order #1048: call [phone]").isEmpty)
    }
}
