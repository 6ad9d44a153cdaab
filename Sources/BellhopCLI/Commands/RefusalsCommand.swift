import ArgumentParser
import Console
import Terminal

struct RefusalsCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "refusals",
        abstract: "Show what the public door of a running server has refused, and why.",
        discussion: """
            Counts by reason since the start, and the last few requests with their headers but without bodies, \
            signatures, cookies or tokens. Set BELLHOP_ADMIN_TOKEN as for the server.
            """)

    @OptionGroup var admin: AdminOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Show the headers of each request too.")
    var headers = false

    func ask(_ server: AdminClient) async throws -> RefusalReport {
        try await server.refusals()
    }

    func text(of report: RefusalReport, style: Style) -> String {
        RefusalTables.text(report, withHeaders: headers, style: style)
    }
}
