import Yams

extension YAMLValue {
    /// A number of bytes, with its unit or without: `65536`, `64KiB`, `10MiB` or `1GiB`.
    func bytes(_ range: ClosedRange<Int>) throws -> Int {
        let units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("", 0)]
        let text = (node.scalar?.string ?? "").replacing("_", with: "")
        for (suffix, shift) in units where text.hasSuffix(suffix) {
            // Checked before the shift, which drops what does not fit.
            if let number = Int(text.dropLast(suffix.count)), (0...range.upperBound >> shift).contains(number),
                range.contains(number << shift)
            {
                return number << shift
            }
        }
        throw mistake(
            "must be a number of bytes from \(range.lowerBound) to \(range.upperBound), for example 65536, 64KiB or 10MiB"
        )
    }
}
