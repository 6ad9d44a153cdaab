package import Foundation

/// Effects are stored and shown, so their JSON is fixed here and does not follow the names of the cases:
/// `{"kind":"tag","resource":"gid://…","tags":["…"]}`, `{"kind":"note","resource":"gid://…","text":"…"}`,
/// `{"kind":"metafield","resource":"gid://…","metafield":{"namespace":"…","key":"…","type":"…","value":"…"}}`,
/// `{"kind":"post","destination":"…","body":…,"writes":[{"resource":"gid://…","fields":{…}}]}`, `writes` only when
/// there are any.
extension Effect: Codable {
    private enum Key: String, CodingKey {
        case kind, resource, tags, text, metafield, destination, body, writes
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let resource = { try container.decode(ResourceID.self, forKey: .resource) }
        switch try container.decode(Kind.self, forKey: .kind) {
        case .tag: self = try .tag(resource(), container.decode([String].self, forKey: .tags))
        case .note: self = try .note(resource(), container.decode(String.self, forKey: .text))
        case .metafield: self = try .metafield(resource(), container.decode(Metafield.self, forKey: .metafield))
        case .post:
            self = try .post(
                Post(
                    to: container.decode(String.self, forKey: .destination),
                    container.decode(JSONValue.self, forKey: .body),
                    writes: container.decodeIfPresent([Write].self, forKey: .writes) ?? []))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        try json.encode(to: encoder)
    }

    /// The same as bytes; equal effects give equal bytes.
    ///
    /// - Throws: `EncodingError` for a decimal that is not a number.
    package func canonicalData() throws -> Data {
        try json.canonicalData()
    }

    private var json: JSONValue {
        var members: [Key: JSONValue] = [.kind: .string(kind.rawValue)]
        members[.resource] = resource.map { .string($0.gid) }
        switch self {
        case .tag(_, let tags): members[.tags] = .array(tags.map { .string($0) })
        case .note(_, let text): members[.text] = .string(text)
        case .metafield(_, let metafield): members[.metafield] = metafield.json
        case .post(let post):
            members[.destination] = .string(post.destination)
            members[.body] = post.body
            if !post.writes.isEmpty { members[.writes] = .array(post.writes.map(\.json)) }
        }
        return .object(Dictionary(uniqueKeysWithValues: members.map { ($0.key.rawValue, $0.value) }))
    }
}

extension Effect.Metafield {
    fileprivate var json: JSONValue {
        ["namespace": .string(namespace), "key": .string(key), "type": .string(type), "value": .string(value)]
    }
}

extension Effect.Write {
    fileprivate var json: JSONValue {
        ["resource": .string(resource.gid), "fields": .object(fields)]
    }
}
