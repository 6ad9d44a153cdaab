/// Reads a length of time as OpenAI writes it: `6m0s`, `120ms`, `1h2m3.5s`, or plain seconds.
enum ResetDuration {
    private static let units = ["ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400]

    /// - Returns: seconds, or `nil` for anything else.
    static func seconds(_ text: String) -> Double? {
        if let seconds = RetryHint.seconds(text) { return seconds }
        guard text.utf8.count <= 40 else { return nil }
        var total = 0.0
        var rest = text[...]
        repeat {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let amount = RetryHint.seconds(String(number)), let factor = units[String(unit)] else { return nil }
            total += amount * factor
        } while !rest.isEmpty
        return total
    }
}
