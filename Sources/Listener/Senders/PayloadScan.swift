/// What a body says it is about: a few keys at its top, found without parsing the rest.
///
/// One pass over at most ``mostBytes`` bytes, without recursion and without keeping anything but the values looked for. A
/// body that is no JSON gives what could be found before that showed.
struct PayloadScan: Sendable, Hashable {
    /// What comes later in a body is not looked at.
    static let mostBytes = 1 << 20
    /// Longer values are none of those looked for, in bytes.
    static let longestValue = 200

    /// A number or a text, as it stands in the body; a text without its quotes.
    var id: String?
    var globalID: String?
    var orderID: String?
    var updatedAt: String?
    var createdAt: String?

    init(_ body: some Sequence<UInt8>) {
        var scanner = Scanner(rest: body.prefix(Self.mostBytes).makeIterator())
        scanner.scan(into: &self)
    }

    init() {}

    fileprivate var isComplete: Bool {
        id != nil && globalID != nil && orderID != nil && updatedAt != nil && createdAt != nil
    }

    /// - Parameter isOrder: whether the key stands in the object `order` at the top.
    fileprivate mutating func take(_ value: String, under key: String, inOrder isOrder: Bool) {
        switch (isOrder, key) {
        case (true, "id"), (true, "admin_graphql_api_id"), (false, "order_id"): orderID = orderID ?? value
        case (false, "id"): id = id ?? value
        case (false, "admin_graphql_api_id"): globalID = globalID ?? value
        case (false, "updated_at"): updatedAt = updatedAt ?? value
        case (false, "created_at"): createdAt = createdAt ?? value
        default: break
        }
    }
}

/// Follows strings, brackets and keys byte by byte.
private struct Scanner<Bytes: IteratorProtocol> where Bytes.Element == UInt8 {
    var rest: Bytes
    /// Open brackets; beyond the second their kind does not matter.
    private var depth = 0
    /// Whether the top is an object, and whether the bracket in it is the object `order`.
    private var isObject = false
    private var isOrder = false
    /// The key whose value comes next.
    private var key: String?
    /// The last string, until it turns out to be a key or a value.
    private var text: String?
    private var digits: [UInt8] = []
    /// Whether the value is neither a text nor a whole number.
    private var isOdd = false

    init(rest: Bytes) {
        self.rest = rest
    }

    mutating func scan(into found: inout PayloadScan) {
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "\""): text = string()
            case UInt8(ascii: ":"):
                key = isWatched ? text : nil
                text = nil
            case UInt8(ascii: "{"), UInt8(ascii: "["): open(byte)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                keep(in: &found)
                depth -= 1
                isOrder = isOrder && depth >= 2
                if depth <= 0 { return }
            case UInt8(ascii: ","):
                keep(in: &found)
                if found.isComplete { return }
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if isWatched, digits.count <= PayloadScan.longestValue { digits.append(byte) }
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): break
            // A sign, a point or a word: no id.
            default: isOdd = true
            }
        }
    }

    /// Whether keys are read where the scan stands.
    private var isWatched: Bool {
        isObject && depth == 1 || isOrder && depth == 2
    }

    private mutating func open(_ bracket: UInt8) {
        if depth == 0 { isObject = bracket == UInt8(ascii: "{") }
        if depth == 1 { isOrder = isObject && bracket == UInt8(ascii: "{") && key == "order" }
        depth += 1
        forgetValue()
    }

    private mutating func forgetValue() {
        (key, text, isOdd) = (nil, nil, false)
        digits.removeAll(keepingCapacity: true)
    }

    /// Hands the value that ends here over, if it is a text or a number under a key that is watched.
    private mutating func keep(in found: inout PayloadScan) {
        defer { forgetValue() }
        guard isWatched, let key, !isOdd else { return }
        if let text {
            found.take(text, under: key, inOrder: isOrder && depth == 2)
        } else if !digits.isEmpty, digits.count <= PayloadScan.longestValue {
            found.take(String(decoding: digits, as: UTF8.self), under: key, inOrder: isOrder && depth == 2)
        }
    }

    /// The rest of a string up to its closing quote.
    ///
    /// - Returns: `nil` when it is too long, holds more than visible ASCII, or an escape other than `\/`.
    private mutating func string() -> String? {
        var bytes: [UInt8] = []
        var isPlain = isWatched
        while let byte = rest.next(), byte != UInt8(ascii: "\"") {
            var byte = byte
            if byte == UInt8(ascii: "\\") {
                guard let escaped = rest.next() else { return nil }
                if escaped != UInt8(ascii: "/") { isPlain = false }
                byte = escaped
            }
            if !byte.isVisibleASCII || bytes.count >= PayloadScan.longestValue { isPlain = false }
            if isPlain { bytes.append(byte) }
        }
        return isPlain ? String(decoding: bytes, as: UTF8.self) : nil
    }
}
