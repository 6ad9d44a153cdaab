public import Vocabulary

/// A function that a model may ask its caller to call.
public struct Tool: Sendable, Hashable {
    /// At most 64 letters, digits, `_` and `-`.
    public var name: String
    /// Tells the model what it is good for.
    public var description: String
    /// The arguments, an object.
    public var parameters: Schema

    public init(name: String, description: String, parameters: Schema) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}

/// Whether a model may, must or must not call a tool.
public enum ToolChoice: Sendable, Hashable {
    case automatic
    case none
    case required
    case only(String)
}

/// A model's wish to have a tool called.
public struct ToolCall: Sendable, Hashable, Codable {
    /// The model's name for this call; a tool's message refers to it.
    public var id: String
    /// One of the tools offered.
    public var name: String
    /// Satisfies the tool's schema.
    public var arguments: JSONValue

    public init(id: String, name: String, arguments: JSONValue) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}
