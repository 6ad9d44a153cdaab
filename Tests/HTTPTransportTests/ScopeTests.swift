import HTTPCore
import HTTPTransport
import Testing

/// A transport for as long as some work takes.
struct ScopeTests {
    private struct Failed: Error {}

    @Test func `the transport is closed when the work is done`() async throws {
        let kept = try await withTransport { $0 }
        #expect(await answer(of: kept) == .closed)
    }

    @Test func `the transport is closed when the work has failed`() async throws {
        var kept: CurlTransport?
        await #expect(throws: Failed.self) {
            try await withTransport { transport in
                kept = transport
                throw Failed()
            }
        }
        #expect(await answer(of: try #require(kept)) == .closed)
    }

    /// Why there is no answer.
    private func answer(of transport: CurlTransport) async -> TransportError.Code? {
        do {
            _ = try await transport.send(TransportRequest(.get, url: "http://127.0.0.1:1/"))
            return nil
        } catch {
            return (error as? TransportError)?.code
        }
    }
}
