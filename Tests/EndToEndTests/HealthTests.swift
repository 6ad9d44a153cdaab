import Bellhop
import Console
import Foundation
import HTTPTransport
import Testing

/// What a running server tells of itself.
@Suite(.timeLimit(.minutes(5))) struct HealthTests {
    @Test func `every part of it writes its keys alike`() async throws {
        try await Project.withFolder { folder in
            try await Program.serve(data: folder) { server in
                let health = try await withTransport { transport in
                    try await AdminClient(baseURL: server.admin, token: AdminToken(Program.token), transport: transport)
                        .health()
                }
                #expect(health.status == .ok)
                let details = health.details
                #expect(details["door"]?["bytes_in_flight"] == 0 && details["door"]?["most_bytes_in_flight"] == 0)
                #expect(details["refusals"]?["is_raised"] == false)
                #expect(details["privacy"]?["database_bytes"]?.integer ?? 0 > 0)
            }
        }
    }
}
