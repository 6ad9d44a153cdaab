import ArgumentParser
import BellhopConfiguration
import BellhopServer
import Console
import Foundation
import HTTPTransport
import ModelClient

/// Which running server to talk to.
struct AdminOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The private door of the running server. When left out: BELLHOP_ADMIN_URL, else the port of this machine that "
                + "bellhop.yaml in the current folder names, else http://127.0.0.1:8081.", valueName: "url"))
    var admin: String?

    /// Runs `body` with a client of the private door.
    ///
    /// - Throws: ``CommandError`` when `BELLHOP_ADMIN_TOKEN` is not set, or must not be sent to the address.
    func withClient<Result>(_ body: (AdminClient) async throws -> Result) async throws -> Result {
        guard let token = try Self.token else {
            throw CommandError("set BELLHOP_ADMIN_TOKEN to the token that the server was started with")
        }
        let address = try checkedAddress()
        return try await withTransport { transport in
            try await body(AdminClient(baseURL: address, token: AdminToken(token), transport: transport))
        }
    }

    /// The token of the environment; `nil` when it is not set.
    ///
    /// - Throws: `ConfigurationError` for what cannot be sent.
    static var token: String? {
        get throws { try ProcessInfo.processInfo.environment.secret(in: AdminToken.variable) }
    }

    /// The address itself is not repeated in an error: somebody may have written a password into it.
    private func checkedAddress() throws -> String {
        let address = address
        let isInClear: Bool
        do throws(WebAddress.Flaw) {
            isInClear = try WebAddress(address).isInClear
        } catch {
            throw CommandError(
                "the address of the private door is none: write it like http://127.0.0.1:8081, without user and password"
            )
        }
        guard !isInClear else {
            throw CommandError(
                "the admin token would go through the network in clear; bring the port to this machine (ssh -L "
                    + "8081:127.0.0.1:8081 SERVER) and leave the address out, or use https")
        }
        return address
    }

    private var address: String {
        if let given = admin ?? Self.variable("BELLHOP_ADMIN_URL") { return given }
        let port = SettingsFile.adminPort(in: URL(fileURLWithPath: SetupOptions.defaultConfig))
        return "http://127.0.0.1:\(port ?? Settings.Server().adminPort)"
    }

    private static func variable(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
