extension JSONValue {
    /// A text that somebody outside wrote, cut to a bounded length, for use in ``PromptData``.
    ///
    /// ```swift
    /// about: ["note": .text(order.note)]
    /// ```
    ///
    /// - Parameters:
    ///   - text: `nil` becomes `null`.
    ///   - limit: the most Unicode characters to keep; a longer text ends with `[…]`.
    public static func text(_ text: String?, limit: Int = 4_000) -> JSONValue {
        guard let text else { return .null }
        // Counted in scalars: one Swift character may carry any number of combining marks.
        let kept = text.unicodeScalars.prefix(limit)
        return .string(kept.endIndex == text.unicodeScalars.endIndex ? text : String(kept) + " […]")
    }

    /// A whole number; `nil` becomes `null`.
    public static func int(_ number: Int?) -> JSONValue {
        guard let number else { return .null }
        return .integer(Int64(number))
    }
}
