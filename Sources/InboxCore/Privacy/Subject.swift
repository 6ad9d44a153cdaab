/// Somebody or something that data can be about, in one spelling.
package struct Subject: Sendable, Hashable {
    package enum Kind: UInt8, Sendable, Hashable {
        case customer = 1
        case email = 2
        case phone = 3
        case order = 4
    }

    package let kind: Kind
    package let value: String

    private init(_ kind: Kind, _ value: String) {
        self.kind = kind
        self.value = value
    }

    package static func customer(_ id: Int64) -> Subject { Subject(.customer, "\(id)") }
    package static func order(_ id: Int64) -> Subject { Subject(.order, "\(id)") }

    /// - Returns: `nil` for a text that is no e-mail address as a whole.
    package static func email(_ text: String) -> Subject? {
        let address = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), !address.contains(" "),
            address.utf8.count <= 320
        else { return nil }
        return Subject(.email, address)
    }

    /// The digits of a telephone number, however it is written.
    ///
    /// - Returns: `nil` for fewer than six digits or more than twenty.
    package static func phone(_ text: String) -> Subject? {
        let digits = text.filter { ("0"..."9").contains($0) }
        guard (6...20).contains(digits.count), text.utf8.count <= 100 else { return nil }
        return Subject(.phone, digits)
    }
}

/// What a payload tells about whom it concerns.
package enum SubjectReading: Sendable, Hashable {
    case read(Set<Subject>)
    /// It is not JSON, or more than is looked at: it has to be searched when somebody's data is to be found.
    case unreadable
}
