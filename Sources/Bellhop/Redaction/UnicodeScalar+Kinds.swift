/// What the scanners ask about a character. ASCII is answered without a look into Unicode's tables.
extension Unicode.Scalar {
    /// A letter, mark or digit.
    var isWordPart: Bool {
        if isASCII { return isASCIILetter || isASCIIDigit }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    /// A mark that changes the letter before it.
    var isMark: Bool {
        guard !isASCII else { return false }
        return switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    /// Shows nothing and separates nothing, such as a soft hyphen or a zero-width space.
    var isInvisible: Bool {
        !isASCII && properties.isDefaultIgnorableCodePoint
    }

    /// A space within a line.
    var isLineSpace: Bool {
        if isASCII { return self == " " || self == "\t" }
        return properties.generalCategory == .spaceSeparator
    }

    /// The value of a decimal digit in any script.
    var digit: Int? {
        if isASCII { return isASCIIDigit ? Int(value) - 0x30 : nil }
        guard properties.generalCategory == .decimalNumber, let number = properties.numericValue else { return nil }
        return Int(number)
    }

    var isCurrencySign: Bool {
        isASCII ? self == "$" : properties.generalCategory == .currencySymbol
    }

    /// Belongs to a script that is written without spaces between words, or that attaches particles to them.
    var isUnspaced: Bool {
        switch value {
        // Thai, Lao; Myanmar; Khmer.
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: true
        // Kana and Chinese characters; Hangul.
        case 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF,
            0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF:
            true
        default: false
        }
    }

    private var isASCIILetter: Bool {
        (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value)
    }

    private var isASCIIDigit: Bool {
        (0x30...0x39).contains(value)
    }
}
