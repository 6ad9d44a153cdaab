/// Runs `body` with a transport that is closed when `body` has ended, also when it has failed.
///
/// A process that exits while a transport's thread is at work may crash: the C libraries clear away what it still uses.
/// So whatever ends by itself asks over such a transport.
package func withTransport<Result>(
    _ configuration: CurlTransport.Configuration = .init(), _ body: (CurlTransport) async throws -> Result
) async throws -> Result {
    let transport = CurlTransport(configuration: configuration)
    let result: Result
    do {
        result = try await body(transport)
    } catch {
        await transport.close()
        throw error
    }
    await transport.close()
    return result
}
