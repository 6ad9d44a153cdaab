extension Duration {
    /// In the unit that suits it: `412 µs`, `3.2 ms`, `1.4 s`, `2 min 05 s`, `3 h 20 min`.
    package var readable: String {
        guard self >= .zero else { return "-" + (.zero - self).readable }
        let seconds = self / .seconds(1)
        return switch seconds {
        case ..<0.000_999_5: "\(Int((seconds * 1_000_000).rounded())) µs"
        case ..<0.999_95: "\((seconds * 1000).oneDecimal) ms"
        case ..<59.95: "\(seconds.oneDecimal) s"
        default: longReadable
        }
    }

    private var longReadable: String {
        // Beyond 30 million years nobody counts minutes, and the conversion would trap.
        let whole = Int64(min(self / .seconds(1), 1e15).rounded())
        let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60)
        return hours > 0
            ? "\(hours.grouped) h \(minutes.twoDigits) min" : "\(minutes) min \(seconds.twoDigits) s"
    }
}

extension Int64 {
    fileprivate var twoDigits: String {
        self < 10 ? "0\(self)" : "\(self)"
    }
}
