/// Something in a configuration that is wrong or unwise, in a sentence that says what to write instead.
public struct ConfigurationProblem: Sendable, Hashable, CustomStringConvertible {
    /// Where it stands, outermost first, in the words of a configuration file: `["models", "fast", "fallbacks", "0"]`.
    public var path: [String]
    public var message: String

    public init(_ path: [String], _ message: String) {
        self.path = path
        self.message = message
    }

    public var description: String { message }
}
