import ModelClient

/// Finds what somebody probably meant.
enum Spelling {
    /// A sentence about a word that is not known, with the nearest known word when there is one.
    static func unknown(_ what: String, _ word: String, known: [String], in place: String = "") -> String {
        let start = "unknown \(what) \(word)" + (place.isEmpty ? "" : " in \(place)")
        if let near = nearest(to: word, among: known) { return "\(start); did you mean \(near)?" }
        return known.count <= 12 ? "\(start); use one of: \(known.joined(separator: ", "))" : start
    }

    /// The known word with the fewest changed letters, if those are few enough: two, or a third of a long word.
    static func nearest(to word: String, among known: [String]) -> String? {
        let best = known.map { (word: $0, distance: EditDistance.from(word, to: $0)) }.min { $0.distance < $1.distance }
        guard let best, best.distance < word.count, best.distance <= max(2, word.count / 3) else { return nil }
        return best.word
    }
}
