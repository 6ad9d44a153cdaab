/// A type that a model can be asked for.
///
/// Keep the name of the type short and stable: records and tests know the question by it.
public protocol ModelAnswer: Codable, Sendable {
    /// What the answer must look like. It is sent to the model and every answer is checked against it.
    static var schema: Schema { get }
}
