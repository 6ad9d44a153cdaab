extension PersonalData {
    /// What a model sees in its place.
    package var marker: String { "[\(rawValue)]" }

    /// The length of the marker that begins at a place of a text, or `nil`.
    static func markerLength(at place: Int, in text: [Unicode.Scalar]) -> Int? {
        guard text[place] == "[" else { return nil }
        return allCases.lazy.map(\.marker.unicodeScalars)
            .first { text[place...].prefix($0.count).elementsEqual($0) }?.count
    }
}

/// Where personal data stands in a text.
struct PersonalSpans {
    private var spans: [(range: Range<Int>, kind: PersonalData)] = []

    var isEmpty: Bool { spans.isEmpty }

    mutating func add(_ ranges: [Range<Int>], _ kind: PersonalData) {
        spans += ranges.map { ($0, kind) }
    }

    /// The text with a marker in place of each span. Spans that overlap become one, of the kind of the longest; parts
    /// of an address with nothing but spaces and commas between become one too.
    func replaced(in text: [Unicode.Scalar]) -> String {
        var result = String.UnicodeScalarView()
        var place = 0
        for (range, kind) in merged(in: text) {
            result.append(contentsOf: text[place..<range.lowerBound])
            result.append(contentsOf: kind.marker.unicodeScalars)
            place = range.upperBound
        }
        result.append(contentsOf: text[place...])
        return String(result)
    }

    private func merged(in text: [Unicode.Scalar]) -> [(range: Range<Int>, kind: PersonalData)] {
        var merged: [(range: Range<Int>, kind: PersonalData)] = []
        var longest = 0
        for (range, kind) in spans.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard let last = merged.last, joins(last, range, kind, in: text) else {
                merged.append((range, kind))
                longest = range.count
                continue
            }
            let union = last.range.lowerBound..<max(last.range.upperBound, range.upperBound)
            merged[merged.count - 1] = (union, range.count > longest ? kind : last.kind)
            longest = max(longest, range.count)
        }
        return merged
    }

    private func joins(
        _ last: (range: Range<Int>, kind: PersonalData), _ range: Range<Int>, _ kind: PersonalData,
        in text: [Unicode.Scalar]
    ) -> Bool {
        if range.lowerBound < last.range.upperBound { return true }
        return last.kind == .address && kind == .address
            && text[last.range.upperBound..<range.lowerBound].allSatisfy { $0.properties.isWhitespace || $0 == "," }
    }
}
