/// Effects are stored and shown, so their JSON is fixed here and does not follow the names of the cases:
/// `{"kind":"tag","resource":"gid://…","tags":["…"]}`, `{"kind":"note","resource":"gid://…","text":"…"}`,
/// `{"kind":"metafield","resource":"gid://…","metafield":{"namespace":"…","key":"…","type":"…","value":"…"}}`,
/// `{"kind":"post","destination":"…","body":…,"writes":[{"resource":"gid://…","fields":{…}}]}`, `writes` only when there
/// are any.
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
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        try container.encodeIfPresent(resource, forKey: .resource)
        switch self {
        case .tag(_, let tags): try container.encode(tags, forKey: .tags)
        case .note(_, let text): try container.encode(text, forKey: .text)
        case .metafield(_, let metafield): try container.encode(metafield, forKey: .metafield)
        case .post(let post):
            try container.encode(post.destination, forKey: .destination)
            try container.encode(post.body, forKey: .body)
            if !post.writes.isEmpty { try container.encode(post.writes, forKey: .writes) }
        }
    }
}
