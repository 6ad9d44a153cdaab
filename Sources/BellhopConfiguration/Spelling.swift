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
        let best = known.map { (word: $0, distance: distance(word, $0)) }.min { $0.distance < $1.distance }
        guard let best, best.distance < word.count, best.distance <= max(2, word.count / 3) else { return nil }
        return best.word
    }

    /// How many letters have to be changed, added or removed.
    private static func distance(_ a: String, _ b: String) -> Int {
        let b = Array(b.prefix(100))
        var row = Array(0...b.count)
        for (i, letter) in a.prefix(100).enumerated() {
            var corner = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                let change = corner + (letter == other ? 0 : 1)
                corner = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
