import Yams

extension YAMLValue {
    /// A length of time in days, hours, minutes or seconds, such as `30d`; `never` is `nil`.
    func age() throws -> Duration? {
        if node.scalar?.string == "never" { return nil }
        let units: [(suffix: String, scale: Int)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]
        guard let seconds = amount(units, of: 1...36_500 * 86_400) else {
            throw mistake("must be a time such as 30d or 12h, from 1s to 36500d, or never")
        }
        return .seconds(seconds)
    }

    /// A size such as `10GiB`; `none` is `nil`.
    func byteCount() throws -> Int? {
        if node.scalar?.string == "none" { return nil }
        let units: [(suffix: String, scale: Int)] = [("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20)]
        guard let bytes = amount(units, of: 1 << 20...1 << 50) else {
            throw mistake("must be a size such as 10GiB or 500MiB, from 1MiB to 1024TiB, or none")
        }
        return bytes
    }

    /// A whole number with a unit.
    private func amount(_ units: [(suffix: String, scale: Int)], of range: ClosedRange<Int>) -> Int? {
        let text = node.scalar?.string ?? ""
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }),
            let number = Int(text.dropLast(unit.suffix.count)), number >= 0
        else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: unit.scale)
        return !overflow && range.contains(product) ? product : nil
    }
}
