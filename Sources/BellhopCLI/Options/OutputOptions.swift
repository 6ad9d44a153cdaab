import ArgumentParser
import Foundation
import Terminal

/// How results are printed.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON for programs instead of a table for people.")
    var json = false

    /// Prints a value as JSON with sorted keys, dates in ISO 8601.
    func print(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        Swift.print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// The style of standard output.
    static var style: Style {
        Style.detect(environment: ProcessInfo.processInfo.environment, isTerminal: isatty(STDOUT_FILENO) == 1)
    }
}
