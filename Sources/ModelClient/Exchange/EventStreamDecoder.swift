import Foundation

/// Cuts the bytes of an event stream into events, by the WHATWG's HTML standard, section "Server-sent events".
///
/// Bytes come in parts that are cut anywhere. Comments are passed over.
struct EventStreamDecoder {
    /// The longest line, and the most data of one event.
    static let maxBytes = 1 << 20

    struct Event: Equatable {
        var data: Data
        /// Whether the stream calls it an error.
        var isError = false
    }

    struct TooLong: Error {}

    private var line: [UInt8] = []
    private var isFirstLine = true
    private var endedWithCR = false

    private var data: Data?
    private var isError = false

    /// The events that the bytes complete.
    ///
    /// - Throws: ``TooLong`` for a line or an event beyond ``maxBytes``. The stream is of no use then.
    mutating func events(in part: Data) throws -> [Event] {
        var events: [Event] = []
        var rest = part[...]
        while let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            let isSecondHalf = endedWithCR && line.isEmpty && end == rest.startIndex && rest[end] == 0x0A
            if isSecondHalf {
                endedWithCR = false
            } else {
                try append(rest[..<end])
                endedWithCR = rest[end] == 0x0D
                if let event = try endLine() { events.append(event) }
            }
            rest = rest[(end + 1)...]
        }
        if !rest.isEmpty {
            try append(rest)
            endedWithCR = false
        }
        return events
    }

    /// What the stream had begun when it ended.
    ///
    /// By the standard that is nothing; but some servers leave out the blank line after the last event.
    mutating func finish() throws -> Event? {
        if !line.isEmpty { _ = try endLine() }
        return endEvent()
    }

    private mutating func append(_ bytes: Data) throws {
        guard line.count + bytes.count <= Self.maxBytes else { throw TooLong() }
        line += bytes
    }

    private mutating func endLine() throws -> Event? {
        defer {
            line.removeAll(keepingCapacity: true)
            isFirstLine = false
        }
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        if line.isEmpty { return endEvent() }
        let name = line.prefix { $0 != UInt8(ascii: ":") }
        var value = line.dropFirst(name.count + 1)
        if value.first == 0x20 { value = value.dropFirst() }
        try take(name: String(decoding: name.prefix(16), as: UTF8.self), value: value)
        return nil
    }

    private mutating func take(name: String, value: ArraySlice<UInt8>) throws {
        switch name {
        case "data":
            guard (data?.count ?? 0) + value.count < Self.maxBytes else { throw TooLong() }
            if data == nil { data = Data() } else { data?.append(0x0A) }
            data?.append(contentsOf: value)
        case "event":
            isError = value.elementsEqual("error".utf8)
        case "error":
            // llama.cpp writes the name of the event in place of `data`.
            try take(name: "data", value: value)
            isError = true
        default:
            break
        }
    }

    private mutating func endEvent() -> Event? {
        defer { (data, isError) = (nil, false) }
        return data.flatMap { $0.isEmpty ? nil : Event(data: $0, isError: isError) }
    }
}
