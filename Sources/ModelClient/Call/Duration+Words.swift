extension Duration {
    /// For a person, in at most two units, rounded up: `13 h 45 min`, `2 min 5 s`, `1.5 s`.
    var words: String {
        let tenths = Int((self / .milliseconds(100)).rounded(.up))
        if tenths < 100 { return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s" }
        let seconds = (tenths + 9) / 10
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s" }
        let minutes = (seconds + 59) / 60
        return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    }
}
