/// The header lines of a response as they arrive, within a limit.
///
/// Interim responses (1xx) are replaced by what follows them; trailers after the body are counted and left out.
struct HeaderBlock: Sendable {
    /// Most bytes of header lines, interim responses and trailers included.
    static let maxBytes = 64 << 10

    private var bytes: [UInt8] = []
    private var received = 0
    /// The empty line has come.
    private(set) var isComplete = false
    private var isSealed = false

    /// Takes one line with its end.
    ///
    /// - Returns: whether the limit still holds.
    mutating func append(_ line: some Collection<UInt8>) -> Bool {
        received += line.count
        guard received <= Self.maxBytes else { return false }
        guard !isSealed else { return true }
        if line.starts(with: "HTTP/".utf8) {
            bytes.removeAll(keepingCapacity: true)
            isComplete = false
        } else if line.elementsEqual("\r\n".utf8) || line.elementsEqual("\n".utf8) {
            isComplete = true
        } else if !isComplete {
            bytes.append(contentsOf: line)
        }
        return true
    }

    /// Keeps what has come for good: no line that follows can take its place.
    mutating func seal() {
        isSealed = true
    }

    /// Names and values as received, without the blanks around a value.
    var fields: [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            if let first = line.first, Self.isBlank(first) {
                // A line that starts with a blank goes on with the one before.
                guard let last = fields.indices.last else { continue }
                fields[last].value += " " + Self.text(line)
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                fields.append((Self.text(line[..<colon]), Self.text(line[(colon + 1)...])))
            }
        }
        return fields
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let start = bytes.drop(while: isBlank)
        let end = start.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start.startIndex
        return String(decoding: start[..<end], as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D
    }
}
