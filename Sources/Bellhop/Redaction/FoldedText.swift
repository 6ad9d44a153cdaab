import Foundation

/// A text as it is compared with addresses: letters in lower case without accents, digits, and one space for whatever
/// stands between words.
struct FoldedText {
    /// Stands for a marker that an earlier redaction left; no phrase contains it.
    static let barrier: Unicode.Scalar = "\u{FFFC}"

    private(set) var scalars: [Unicode.Scalar] = []
    /// For each folded character its place in the text.
    private(set) var places: [Int] = []

    init(_ text: [Unicode.Scalar]) {
        var memory: [Unicode.Scalar: [Unicode.Scalar]] = [:]
        var index = 0
        while index < text.count {
            if let marker = PersonalData.markerLength(at: index, in: text) {
                append(Self.barrier, at: index)
                index += marker
            } else {
                append(text[index], at: index, &memory)
                index += 1
            }
        }
    }

    /// A phrase without spaces at its ends.
    static func phrase(_ text: String) -> [Unicode.Scalar] {
        var folded = FoldedText(Array(text.unicodeScalars)).scalars
        while folded.last == " " { folded.removeLast() }
        return folded.first == " " ? Array(folded.dropFirst()) : folded
    }

    private mutating func append(
        _ scalar: Unicode.Scalar, at place: Int, _ memory: inout [Unicode.Scalar: [Unicode.Scalar]]
    ) {
        if scalar.isASCII {
            // An apostrophe joins: King's Road is Kings Road.
            guard scalar != "'" else { return }
            appendFolded(scalar.isWordPart ? scalar.lowercasedASCII : " ", at: place)
        } else {
            let folded = memory[scalar] ?? scalar.folded
            memory[scalar] = folded
            for scalar in folded { appendFolded(scalar, at: place) }
        }
    }

    private mutating func appendFolded(_ scalar: Unicode.Scalar, at place: Int) {
        if scalar == " ", scalars.last == " " { return }
        append(scalar, at: place)
    }

    private mutating func append(_ scalar: Unicode.Scalar, at place: Int) {
        scalars.append(scalar)
        places.append(place)
    }
}

extension Unicode.Scalar {
    fileprivate var lowercasedASCII: Unicode.Scalar {
        (0x41...0x5A).contains(value) ? Unicode.Scalar(UInt8(value) | 0x20) : self
    }

    /// Its letters or digits without accents; nothing for what shows nothing, a space for anything else.
    fileprivate var folded: [Unicode.Scalar] {
        if isInvisible || isMark || self == "\u{2019}" { return [] }
        guard isWordPart else { return [" "] }
        // Taken apart, a Korean syllable would begin like others.
        if (0xAC00...0xD7A3).contains(value) { return [self] }
        let letters = String(self).decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
        // Some ligatures stand for whole sentences.
        return Array(letters.lazy.filter { $0.isWordPart && !$0.isMark }.prefix(4))
    }
}
