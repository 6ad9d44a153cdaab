import Foundation
import Subprocess
import Testing

@Suite(.timeLimit(.minutes(2))) struct LockedFolderTests {
    @Test func `a second server on the same folder says so and leaves the first alone`() async throws {
        try await Project.withFolder { folder in
            let first = try await Program.serve(data: folder) { _ in
                let second = try await Program.run(
                    ["serve", "--port", "0", "--admin-port", "0", "--data", folder.path],
                    environment: ["SHOPIFY_API_SECRET": Program.secret])
                #expect(second.status != .exited(0))
                #expect(second.errors.contains("is in use by another bellhop"))
                #expect(second.errors.contains("start this one with another folder"))
            }
            #expect(first.status == .exited(0))
        }
    }
}
