/// How demanding a kind of work is, and so which models it deserves.
public enum RoutingClass: String, Sendable, Hashable, Codable, CaseIterable {
    /// Simple and frequent: cheap, fast models.
    case highVolume = "high_volume"
    /// Text that people will read, in moderate amounts.
    case creative
    /// Hard and rare: premium models.
    case complex
}
