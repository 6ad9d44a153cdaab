import Bellhop

extension DataPolicy {
    /// What it asks for, for a person to read.
    var words: String {
        var wishes: [String] = []
        if let regions {
            wishes.append(
                regions.isEmpty
                    ? "no region at all, because two policies have none in common"
                    : "only servers in \(regions.sorted().joined(separator: ", "))")
        }
        if noTraining { wishes.append("no training on it") }
        if zeroRetention { wishes.append("nothing kept of it") }
        return wishes.isEmpty ? "nothing" : wishes.joined(separator: "; ")
    }
}
