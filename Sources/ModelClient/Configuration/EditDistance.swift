/// How far two words are apart, to find the one that was probably meant.
package enum EditDistance {
    /// How many characters must be put in, left out or changed to get from one text to the other,
    /// by their first 200 characters.
    package static func from(_ a: String, to b: String) -> Int {
        let a = Array(a.prefix(200))
        let b = Array(b.prefix(200))
        var row = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in b.enumerated() {
                let change = diagonal + (left == right ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, diagonal + 1)
            }
        }
        return row[b.count]
    }
}
