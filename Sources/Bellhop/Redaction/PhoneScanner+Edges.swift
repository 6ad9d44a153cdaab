/// What stands beside digits and makes them something else than a phone number.
extension PhoneScanner {
    /// Whether a number may begin here: not inside a word, a code, an amount, a time, a link or after `#`.
    func hasFreeLeftEdge(at place: Int) -> Bool {
        guard place > 0 else { return true }
        let before = scalars[place - 1]
        if before.isWordPart { return before.isUnspaced }
        if before.isCurrencySign || "#_№\\".unicodeScalars.contains(before) { return false }
        guard place > 1 else { return true }
        let earlier = scalars[place - 2]
        if before.isLineSpace { return !earlier.isCurrencySign }
        if ".,:'’".unicodeScalars.contains(before) { return earlier.digit == nil }
        if before == "/" { return !isInLink(place) }
        return !"-\u{2010}\u{2011}".unicodeScalars.contains(before) || !earlier.isWordPart
    }

    /// Whether the word that goes on here has `://` in the hundred characters before.
    private func isInLink(_ place: Int) -> Bool {
        var index = place
        while index > 0, place - index < 100, !scalars[index - 1].properties.isWhitespace {
            index -= 1
            if scalars[index] == ":", index + 2 < place, scalars[index + 1] == "/", scalars[index + 2] == "/" {
                return true
            }
        }
        return false
    }

    /// The end of a number whose last group this is, an extension included, or `nil` when it cannot end here.
    func end(after index: Int) -> Int? {
        let end = groups[index].range.upperBound
        return extensionEnd(from: end) ?? (hasFreeRightEdge(at: end) ? end : nil)
    }

    private func hasFreeRightEdge(at place: Int) -> Bool {
        guard place < scalars.count else { return true }
        let after = scalars[place]
        if after.isWordPart { return after.isUnspaced }
        if after.isCurrencySign || "_%‰".unicodeScalars.contains(after) { return false }
        guard place + 1 < scalars.count else { return true }
        let later = scalars[place + 1]
        if after.isLineSpace { return !later.isCurrencySign }
        if ".,:'’".unicodeScalars.contains(after) { return later.digit == nil }
        // The next number may follow a slash, and begins with a zero or a plus sign.
        if after == "/" { return later.digit == nil || later.digit == 0 }
        return !"-\u{2010}\u{2011}\u{2012}\u{2013}".unicodeScalars.contains(after) || !later.isWordPart
    }

    /// `x12`, `ext. 12`: at most six digits.
    private func extensionEnd(from place: Int) -> Int? {
        var index = skippingSpaces(from: place)
        guard let mark = ["ext.", "ext", "x"].first(where: { isText($0, at: index) }) else { return nil }
        index = skippingSpaces(from: index + mark.unicodeScalars.count)
        let start = index
        while index < scalars.count, scalars[index].digit != nil, index - start < 7 { index += 1 }
        return (1...6).contains(index - start) && hasFreeRightEdge(at: index) ? index : nil
    }

    private func skippingSpaces(from place: Int) -> Int {
        var index = place
        while index < scalars.count, index < place + 2, scalars[index].isLineSpace { index += 1 }
        return index
    }

    private func isText(_ text: String, at place: Int) -> Bool {
        let length = text.unicodeScalars.count
        guard place + length <= scalars.count else { return false }
        return zip(text.unicodeScalars, scalars[place..<place + length]).allSatisfy { $0.value == $1.value | 0x20 }
    }

    /// Whether the word before says what the digits are: `order 10023456`, `tracking number: 10023456`.
    func isCalledAnIdentifier(before place: Int) -> Bool {
        var place = place
        for _ in 0..<3 {
            guard let word = word(before: &place) else { return false }
            if Self.identifierWords.contains(word) { return true }
            guard Self.fillers.contains(word) else { return false }
        }
        return false
    }

    /// The word before a place in lower case; the place moves to where it begins.
    private func word(before place: inout Int) -> String? {
        var end = place
        while end > 0, place - end < 4, ":.# \u{A0}=-".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
        var start = end
        while start > 0, end - start < 20, scalars[start - 1].isWordPart { start -= 1 }
        guard start < end else { return nil }
        place = start
        var word = String.UnicodeScalarView()
        word.append(contentsOf: scalars[start..<end])
        return String(word).lowercased()
    }

    private static let identifierWords: Set<String> = [
        "order", "orders", "invoice", "item", "article", "sku", "ean", "upc", "gtin", "isbn", "barcode", "tracking",
        "parcel", "shipment", "ticket", "case", "ref", "reference", "serial", "batch", "lot", "model", "id",
        "bestellung", "bestellnummer", "rechnung", "artikel", "sendungsnummer", "commande", "pedido", "ordine",
    ]

    private static let fillers: Set<String> = ["no", "nr", "number", "num", "numero", "code", "is", "was"]
}
