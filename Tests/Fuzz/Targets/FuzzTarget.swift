import Foundation

/// Code that reads what strangers send, and what must hold whatever the bytes are.
///
/// libFuzzer runs a target on inputs that it makes up (`make fuzz`), the test suite on the inputs in `Corpus/`.
struct FuzzTarget: Sendable {
    /// Also the name of the target's folder in `Corpus/`.
    let name: String
    /// Files and folders of the repository that are inputs too.
    var seeds: [String] = []
    /// What libFuzzer makes up is no longer, in bytes.
    var longest = 1024
    /// - Throws: ``BrokenProperty`` when something does not hold; every other error is a mistake as well.
    let check: @Sendable (Data) throws -> Void

    static let all: [FuzzTarget] = [
        .addresses, .bodies, .dates, .effects, .eventStream, .headers, .json, .modelList, .money, .payloads, .privacy,
        .redaction, .responses, .schema, .sealed, .signatures, .stored, .terminal, .yaml,
    ]
}

/// Something that should hold for every input and does not.
struct BrokenProperty: Error, CustomStringConvertible {
    let description: String
}

/// - Throws: ``BrokenProperty`` when the condition is false.
func require(_ condition: Bool, _ property: @autoclosure () -> String) throws {
    guard condition else { throw BrokenProperty(description: property()) }
}
