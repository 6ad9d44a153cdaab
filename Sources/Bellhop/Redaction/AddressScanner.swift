/// Finds the parts of an event's own addresses in a text, whatever the case, accents and punctuation.
struct AddressScanner: Sendable {
    private let finder: PhraseFinder
    private let identifiers: Set<String>

    init(_ facts: PersonalFacts) {
        finder = PhraseFinder(facts.phrases)
        identifiers = facts.identifiers
    }

    var isEmpty: Bool { finder.isEmpty }

    /// The ranges of all parts found; they may overlap.
    func ranges(in text: [Unicode.Scalar]) -> [Range<Int>] {
        let folded = FoldedText(text)
        var found: [Range<Int>] = []
        finder.find(in: folded.scalars) { range in
            guard folded.isWhole(range) else { return }
            let place = folded.place(of: range, in: text)
            let words = folded.scalars[range]
            guard !words.contains(" ") || !words.contains(where: \.isLetter) else { return found.append(place) }
            if isFree(words, at: place, in: text) { found.append(place) }
        }
        return found
    }

    /// Whether a single word or number is not a part of something else.
    private func isFree(_ word: ArraySlice<Unicode.Scalar>, at place: Range<Int>, in text: [Unicode.Scalar]) -> Bool {
        guard word.contains(where: { $0.digit != nil }) else { return !isInsideCode(place, in: text) }
        let digits = word.compactMap(\.digit).map(String.init).joined()
        return !identifiers.contains(digits) && hasFreeEdges(place, in: text)
    }

    /// A postal code stands alone: it is not a piece of an amount, a product code, a time or an order's number.
    private func hasFreeEdges(_ place: Range<Int>, in text: [Unicode.Scalar]) -> Bool {
        if place.lowerBound > 0 {
            let before = text[place.lowerBound - 1]
            let earlier = place.lowerBound > 1 ? text[place.lowerBound - 2] : " "
            if before == "#" || before.isCurrencySign || "-_/".contains(before) && earlier.isWordPart { return false }
            if ".,:".contains(before), earlier.digit != nil { return false }
        }
        if place.upperBound < text.count {
            let after = text[place.upperBound]
            let later = place.upperBound + 1 < text.count ? text[place.upperBound + 1] : " "
            if after == "%" || after.isCurrencySign || "-_/".contains(after) && later.isWordPart { return false }
            if ".,:".contains(after), later.digit != nil { return false }
        }
        return true
    }

    /// Whether the word is a part of a product code such as `KC-SAND-3`.
    private func isInsideCode(_ place: Range<Int>, in text: [Unicode.Scalar]) -> Bool {
        func isPart(_ scalar: Unicode.Scalar) -> Bool { scalar.isWordPart || scalar == "-" || scalar == "_" }
        var start = place.lowerBound
        var end = place.upperBound
        while start > 0, place.lowerBound - start < 40, isPart(text[start - 1]) { start -= 1 }
        while end < text.count, end - place.upperBound < 40, isPart(text[end]) { end += 1 }
        guard start..<end != place else { return false }
        var piece = String.UnicodeScalarView()
        piece.append(contentsOf: text[start..<end])
        return FactToken(piece: Substring(String(piece)))?.kind == .code
    }
}

extension FoldedText {
    /// Whether a range neither begins nor ends inside a word. Scripts without spaces have no such inside.
    fileprivate func isWhole(_ range: Range<Int>) -> Bool {
        isEdge(range.lowerBound - 1, range.lowerBound) && isEdge(range.upperBound - 1, range.upperBound)
    }

    private func isEdge(_ left: Int, _ right: Int) -> Bool {
        guard left >= 0, right < scalars.count else { return true }
        let (left, right) = (scalars[left], scalars[right])
        return !left.isWordPart || !right.isWordPart || left.isUnspaced || right.isUnspaced
    }

    /// Where a folded range stands in the text, with the marks that belong to its last letter.
    fileprivate func place(of range: Range<Int>, in text: [Unicode.Scalar]) -> Range<Int> {
        var end = places[range.upperBound - 1] + 1
        while end < text.count, text[end].isMark || text[end].isInvisible { end += 1 }
        return places[range.lowerBound]..<end
    }
}

extension String {
    fileprivate func contains(_ scalar: Unicode.Scalar) -> Bool {
        unicodeScalars.contains(scalar)
    }
}

extension Unicode.Scalar {
    fileprivate var isLetter: Bool {
        isWordPart && digit == nil
    }
}
