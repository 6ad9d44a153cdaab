extension Duration {
    /// As libcurl takes a time limit: whole milliseconds, at least 1 because 0 means none, at most 24 days.
    var roundedUpMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 1 }
        guard seconds < Int64(Int32.max) / 1000 else { return .max }
        let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return max(1, Int32(seconds * 1000 + part))
    }
}
