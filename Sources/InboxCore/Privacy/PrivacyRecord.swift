/// What is kept of one request: an erasure, or a customer's wish to know.
package enum PrivacyRecord: Sendable, Hashable {
    case erasure(ErasureRecord)
    case dataRequest(DataRequestRecord)
}

/// One member that says which it is, and holds the record.
extension PrivacyRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case erasure, dataRequest
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let erasure = try container.decodeIfPresent(ErasureRecord.self, forKey: .erasure) {
            self = .erasure(erasure)
        } else {
            self = .dataRequest(try container.decode(DataRequestRecord.self, forKey: .dataRequest))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .erasure(let record): try container.encode(record, forKey: .erasure)
        case .dataRequest(let record): try container.encode(record, forKey: .dataRequest)
        }
    }
}
