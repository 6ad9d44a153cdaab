extension Schema {
    /// One of the raw values of an enumeration.
    ///
    /// ```swift
    /// enum Urgency: String, CaseIterable, Codable { case normal, urgent }
    ///
    /// static let schema: Schema = .object(["urgency": .string(oneOf: Urgency.self)])
    /// ```
    public static func string<Choice>(oneOf choices: Choice.Type) -> Schema
    where Choice: CaseIterable & RawRepresentable<String> {
        .string(oneOf: choices.allCases.map(\.rawValue))
    }
}
