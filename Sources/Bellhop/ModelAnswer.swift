/// A type that a model can be asked for.
public protocol ModelAnswer: Codable, Sendable {
    /// What the answer must look like. It is sent to the model and every answer is checked against it.
    static var schema: Schema { get }
}
