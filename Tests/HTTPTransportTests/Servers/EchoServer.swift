import Hummingbird
import Logging
import ServiceTestSupport

/// A well-behaved server: sends back what it gets.
enum EchoServer {
    static func run<Result: Sendable>(during body: (_ url: String) async throws -> Result) async throws -> Result {
        var logger = Logger(label: "echo")
        logger.logLevel = .critical
        return try await RunningServer.run { onRunning in
            Application(
                router: router(),
                configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { onRunning($0.localAddress?.port ?? 0) },
                logger: logger)
        } during: { server in
            try await body("http://127.0.0.1:\(server.port)")
        }
    }

    /// `POST /echo` returns the body, the content type and `X-Echo`; `GET /status/{code}` that status.
    private static func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.post("echo") { request, _ in
            let body = try await request.body.collect(upTo: 32 << 20)
            var headers = HTTPFields()
            headers[values: .setCookie] = ["a=1", "b=2"]
            for field in request.headers where ["content-type", "x-echo"].contains(field.name.canonicalName) {
                headers.append(field)
            }
            return Response(status: .created, headers: headers, body: .init(byteBuffer: body))
        }
        router.get("status/:code") { _, context in
            Response(status: .init(code: try context.parameters.require("code", as: Int.self)))
        }
        return router
    }
}
