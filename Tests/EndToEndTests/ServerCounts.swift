import Console
import Foundation
import HTTPTransport
import InboxCore

extension Program.Server {
    /// Waits until no event moves any more by itself.
    func quiet() async throws {
        try await counts { $0.pending == 0 }
    }

    /// Waits until the counts are so; the suite's time limit is the deadline.
    func counts(_ isReached: (InboxCounts) -> Bool) async throws {
        try await withClient { client in
            while try await !isReached(client.counts()) { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    /// Speaks to the private door as the command line does.
    func withClient<Result>(_ body: (AdminClient) async throws -> Result) async throws -> Result {
        try await withTransport { transport in
            try await body(
                AdminClient(baseURL: admin, token: AdminToken(Program.token), transport: transport))
        }
    }
}

extension InboxCounts {
    var ready: Int { jobs[.ready, default: 0] }
    var running: Int { jobs[.running, default: 0] }
    var waiting: Int { jobs[.waiting, default: 0] }
}
