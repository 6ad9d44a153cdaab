import Foundation

/// Takes choices and texts off the front of an input. When it is used up, every choice is zero and every text empty.
struct FuzzInput {
    private(set) var rest: Data

    init(_ data: Data) {
        rest = data
    }

    var isEmpty: Bool { rest.isEmpty }

    mutating func byte() -> UInt8 {
        rest.popFirst() ?? 0
    }

    mutating func choice(of count: Int) -> Int {
        Int(byte()) % max(1, count)
    }

    /// The bytes up to the next line feed, which is taken as well.
    mutating func line() -> String {
        let line = rest.prefix { $0 != 0x0A }
        rest = rest.dropFirst(line.count + 1)
        return String(decoding: line, as: UTF8.self)
    }

    mutating func bytes(_ count: Int) -> Data {
        defer { rest = rest.dropFirst(count) }
        return Data(rest.prefix(count))
    }

    /// All that is left, as text.
    var text: String {
        String(decoding: rest, as: UTF8.self)
    }
}
