import Yams

extension YAMLValue {
    /// A number of bytes, with its unit or without: `65536`, `64KiB`, `10MiB`, `1GiB` or `2TiB`.
    func bytes(_ range: ClosedRange<Int>) throws -> Int {
        let text = (node.scalar?.string ?? "").replacing("_", with: "")
        for (suffix, shift) in Self.units where text.hasSuffix(suffix) {
            // Checked before the shift, which drops what does not fit.
            if let number = Int(text.dropLast(suffix.count)), (0...range.upperBound >> shift).contains(number),
                range.contains(number << shift)
            {
                return number << shift
            }
        }
        throw mistake(
            "must be a size from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound)), for example 65536, "
                + "64KiB or 10MiB")
    }

    private static let units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10), ("", 0)]

    /// A size in the largest unit of which it has a whole number.
    private static func text(_ bytes: Int) -> String {
        let unit = units.first { _, shift in bytes != 0 && (bytes >> shift) << shift == bytes }
        return unit.map { "\(bytes >> $0.1)\($0.0)" } ?? "0"
    }
}
