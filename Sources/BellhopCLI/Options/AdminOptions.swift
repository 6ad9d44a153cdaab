import ArgumentParser
import Console
import Foundation
import HTTPTransport

/// Which running server to talk to.
struct AdminOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The private door of the running server.", valueName: "url"))
    var admin = "http://127.0.0.1:8081"

    /// Runs `body` with a client of the private door.
    ///
    /// - Throws: ``CommandError`` when `BELLHOP_ADMIN_TOKEN` is not set.
    func withClient<Result>(_ body: (AdminClient) async throws -> Result) async throws -> Result {
        guard let token = Self.token else {
            throw CommandError("set BELLHOP_ADMIN_TOKEN to the token that the server was started with")
        }
        return try await withTransport { transport in
            try await body(AdminClient(baseURL: admin, token: AdminToken(token), transport: transport))
        }
    }

    /// The token of the environment; `nil` when it is not set.
    static var token: String? {
        ProcessInfo.processInfo.environment["BELLHOP_ADMIN_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
    }
}
