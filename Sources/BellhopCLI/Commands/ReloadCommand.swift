import ArgumentParser
import Console
import Terminal

struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have a running server read its configuration again.",
        discussion: """
            Says what changed, or what is wrong by file and line: then the server keeps the configuration it has, and \
            this command exits with 1. Set BELLHOP_ADMIN_TOKEN as for the server.
            """)

    @OptionGroup var admin: AdminOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        switch try await admin.withClient({ try await $0.reload() }) {
        case .taken(let report):
            if output.json { return try output.print(json: report) }
            print(ReloadText.lines(of: report, style: OutputOptions.style).joined(separator: "\n"))
        case .refused(let mistakes):
            if output.json { try output.print(json: ["mistakes": mistakes]) }
            throw CommandError(
                (["the server keeps the configuration it has:"] + mistakes.map { "  \($0)".printable })
                    .joined(separator: "\n"))
        case .failed(let reason): throw CommandError(reason)
        }
    }
}

/// A reload's report as people read it.
enum ReloadText {
    static func lines(of report: Reloaded, style: Style) -> [String] {
        let changes = report.changed.map { "changed: \($0)".printable }
        return (changes.isEmpty ? ["nothing changed"] : changes)
            + report.needsRestart.map { style.paint("needs a restart: \($0)".printable, .warning) }
            + report.warnings.map { style.paint("warning: \($0)".printable, .warning) }
    }
}
