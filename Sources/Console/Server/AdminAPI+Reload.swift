import Hummingbird

extension AdminAPI {
    /// 200 with what changed, 422 with the mistakes, 409 when there are no files to read, 503 when it failed otherwise.
    func reloaded() async throws -> Response {
        guard let reload else {
            throw ConsoleError(.conflict, "no_files", "this server's configuration was not read from files")
        }
        switch await reload() {
        case .taken(let report): return try Response(json: report)
        case .refused(let mistakes): return try Response(json: RefusedReload(mistakes), status: .unprocessableContent)
        case .failed(let reason): throw ConsoleError(.serviceUnavailable, "not_reloaded", reason)
        }
    }
}
