import Bellhop

/// What is read of any metaobject. The customer and the name shown with a review are left where they are.
public struct Metaobject: Decodable, Sendable {
    /// For example `product_review`.
    let type: String
    /// A global id; metaobjects have no number.
    let id: String?
    /// Texts, or JSON of any form.
    let fields: [String: JSONValue]?

    /// A field as text; `nil` when it is missing, null, empty or no text.
    func text(_ field: String) -> String? {
        guard let text = fields?[field]?.string, text.contains(where: { !$0.isWhitespace }) else { return nil }
        return text
    }

    /// A reference to a thing of a certain type, for example `Product`.
    func reference(_ field: String, to type: String) -> ResourceID? {
        guard let gid = text(field), let resource = ResourceID(gid: gid), resource.type == type else { return nil }
        return resource
    }
}
