/// What the name of a field says about its value.
enum FieldMeaning {
    case email, phone, address
    /// The number or code of a thing, or an amount.
    case identifier

    /// - Returns: `nil` for a name that says nothing of the kind, or is longer than 100 bytes.
    init?(key: String) {
        guard key.utf8.count <= 100 else { return nil }
        let words = Self.words(of: key)
        guard let last = words.last else { return nil }
        let previous = words.dropLast().last ?? ""
        if last == "email" || last == "mail" || last == "address" && Self.mail.contains(previous) {
            self = .email
        } else if Self.phones.contains(last) || Self.numbers.contains(last) && Self.phones.contains(previous) {
            self = .phone
        } else if Self.isAddress(last, after: previous) {
            self = .address
        } else if Self.identifiers.contains(last) {
            self = .identifier
        } else {
            return nil
        }
    }

    private static func isAddress(_ last: String, after previous: String) -> Bool {
        switch last {
        case "address", "addresses": !["ip", "mac", "web", "internet", "wallet", "url"].contains(previous)
        case "street", "zip", "zipcode", "postcode", "city", "latitude", "longitude": true
        case "code": previous == "postal" || previous == "zip"
        case "line", "lines": previous == "address" || previous == "street"
        case "name", "number": previous == "street" || previous == "house"
        default: false
        }
    }

    private static let mail: Set<String> = ["email", "mail"]
    private static let phones: Set<String> = [
        "phone", "phones", "telephone", "telefon", "tel", "mobile", "cell", "cellphone", "fax", "whatsapp",
    ]
    private static let numbers: Set<String> = ["number", "numbers", "no", "nr"]
    private static let identifiers: Set<String> = [
        "id", "ids", "gid", "sku", "skus", "barcode", "number", "numbers", "token", "code", "codes", "reference",
        "identifier", "price", "amount", "total", "subtotal", "tax", "duties", "discounts", "discount",
    ]

    /// `shippingAddress2` as `shipping` and `address`.
    private static func words(of key: String) -> [String] {
        var words: [String] = []
        var word = ""
        var endsInLowerCase = false
        for character in key {
            if !character.isLetter || character.isUppercase && endsInLowerCase {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = ""
            }
            if character.isLetter { word.append(character) }
            endsInLowerCase = character.isLowercase
        }
        if !word.isEmpty { words.append(word.lowercased()) }
        return words
    }
}
