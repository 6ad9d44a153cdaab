import Bellhop
import Foundation

extension FuzzTarget {
    /// The first line is the address in an event, the rest a text about it: what a handler redacts is gone, and
    /// redacting again changes nothing.
    static let redaction = FuzzTarget(name: "redaction") { data in
        var input = FuzzInput(data)
        let address = input.line()
        let text = input.text
        let body: JSONValue = [
            "shipping_address": ["address1": .string(address), "city": "Berlin", "zip": "10115"],
            "note": .string(text), "email": "kim@example.com", "phone": "+49 30 1234567",
        ]
        let redactor = Redactor(removing: Set(PersonalData.allCases), from: EventFacts(body: body))
        let once = redactor.redacted(["text": .string(text), "body": body])
        try require(redactor.redacted(once) == once, "redacting twice changes more")
        try require(once["body"]?["email"] == "[email]", "an e-mail address is left")
        try require(once["body"]?["phone"] == "[phone]", "a telephone number is left")
        let instructions = redactor.redacted(instructions: text)
        try require(redactor.redacted(instructions: instructions) == instructions, "redacting words twice changes more")
        let email = redactor.redacted(instructions: text + "\nkim.lee@example.com, please")
        try require(!email.contains("kim.lee@example.com"), "what stands before an e-mail address hides it")
    }
}
