import Bellhop
import Foundation
import Subprocess
import Testing

/// What a server's door has refused, as its user sees it.
@Suite(.timeLimit(.minutes(10))) struct RefusalsTests {
    private let environment = ["SHOPIFY_API_SECRET": Program.secret, "BELLHOP_ADMIN_TOKEN": Program.token]

    private func replay(_ server: Program.Server, secret: String, ids: String) async throws {
        _ = try await Program.run(
            ["replay", "samples/inventory_levels", "--repeat", "10", "--seed", ids, "--to", server.webhooks],
            environment: environment.merging(["SHOPIFY_API_SECRET": secret]) { $1 })
    }

    @Test func `a rotated secret is seen at once, and shown with what was refused`() async throws {
        try await Project.withFolder { folder in
            try await Program.serve(data: folder) { server in
                try await replay(server, secret: Program.secret, ids: "1")
                try await replay(server, secret: "shpss_rotated", ids: "2")

                let shown = try await Program.run(
                    ["refusals", "--headers", "--admin", server.admin], environment: environment)
                #expect(shown.status == .exited(0), "\(shown.errors)")
                #expect(shown.output.contains("signature_wrong"))
                #expect(shown.output.contains("POST /webhooks"))
                #expect(shown.output.contains("x-shopify-hmac-sha256   (not kept)"))

                let json = try await Program.run(
                    ["refusals", "--json", "--admin", server.admin], environment: environment)
                let report = try JSONValue(parsing: json.json)
                #expect(report["counts"]?["signature_wrong"] == 10)
                #expect(report["alarm"]?["is_raised"] == true)
                #expect(report["recent"]?.elements?.isEmpty == false)
                try await server.says("deliveries of the last minute from shops known here were refused")
            }
        }
    }
}
