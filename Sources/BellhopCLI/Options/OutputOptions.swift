import ArgumentParser
import Console
import Foundation
import Terminal

/// How results are printed.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON for programs instead of a table for people.")
    var json = false

    /// Prints a value as the admin API writes it, but in many lines.
    func print(json value: some Encodable) throws {
        Swift.print(String(decoding: try ConsoleJSON.encode(value, isPretty: true), as: UTF8.self))
    }

    /// The style of standard output.
    static var style: Style {
        Style.detect(environment: ProcessInfo.processInfo.environment, isTerminal: isatty(STDOUT_FILENO) == 1)
    }
}
