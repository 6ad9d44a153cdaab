extension BinaryInteger {
    /// With a comma between groups of three digits: `12,400`.
    package var grouped: String {
        let digits = String(magnitude)
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) {
                result.append(",")
            }
            result.append(digit)
        }
        return (self < 0 ? "-" : "") + result
    }

    /// As a size in bytes: `512 B`, `10.7 kB`, `3.0 MB`; a kilobyte has 1,000 bytes.
    package var byteSize: String {
        guard magnitude >= 1000 else { return "\(self) B" }
        var size = Double(self)
        var unit = "B"
        for larger in ["kB", "MB", "GB", "TB", "PB", "EB"] where abs(size) >= 999.95 {
            size /= 1000
            unit = larger
        }
        return "\(size.oneDecimal) \(unit)"
    }
}

extension Double {
    /// Rounded to one decimal, for example `3.0`.
    var oneDecimal: String {
        let tenths = Int((magnitude * 10).rounded())
        return "\(self < 0 && tenths > 0 ? "-" : "")\((tenths / 10).grouped).\(tenths % 10)"
    }
}
