extension Int {
    /// The number with what it counts: `1 attempt`, `2 attempts`.
    func counted(_ one: String, _ many: String? = nil) -> String {
        "\(self) \(self == 1 ? one : many ?? one + "s")"
    }
}
