import Foundation
import TestSupport

/// Makes new inputs out of known ones. The same seed makes the same inputs.
struct Mutator {
    private let known: [Data]
    private var random: SplitMix64

    /// Larger inputs are cut.
    private static let mostBytes = 8192

    private static let words: [Data] =
        [
            "\"", "{", "}", "[", "]", ":", ",", "null", "-", "1e9", "0.1", "\\u0000", "\\ud83d", "\n", "\r\n", "\r",
            "data: ",
            "#", "&a", "*a", "<", "@", ".", "é", "e\u{301}", "\u{301}", "\u{200B}", "\u{FEFF}", "🧼", "٣",
            "9223372036854775807",
            "-9223372036854775808", "2026-11-24T08:00:00Z", "kim@example.com", "+49 30 1234567",
        ].map { Data($0.utf8) } + [Data([0]), Data([0xFF]), Data([0xC3]), Data([0xED, 0xA0, 0x80])]

    init(_ known: [Data], seed: UInt64) {
        self.known = known.isEmpty ? [Data()] : known
        random = SplitMix64(seed: seed)
    }

    mutating func next() -> Data {
        var data = known[below(known.count)]
        for _ in 0...below(4) { change(&data) }
        return Data(data.prefix(Self.mostBytes))
    }

    private mutating func change(_ data: inout Data) {
        let place = data.startIndex + below(data.count + 1)
        let end = min(data.endIndex, place + 1 + below(8))
        switch below(8) {
        case 0: data.insert(UInt8(below(256)), at: place)
        case 1 where place < data.endIndex: data[place] ^= 1 << below(8)
        case 2 where place < data.endIndex: data[place] = UInt8(below(256))
        case 3: data.removeSubrange(place..<end)
        case 4: data.insert(contentsOf: Data(data[place..<end]), at: place)
        case 5: data = Data(data[..<place])
        case 6: data = Data(data[..<place]) + known[below(known.count)].suffix(below(64))
        default: data.replaceSubrange(place..<(below(2) == 0 ? place : end), with: Self.words[below(Self.words.count)])
        }
    }

    /// A number from 0 up to but not including `count`.
    private mutating func below(_ count: Int) -> Int {
        Int(random.next() % UInt64(max(1, count)))
    }
}
