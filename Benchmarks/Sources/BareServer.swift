import ArgumentParser
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import UnixSignals

/// The floor of Bellhop's door: its HTTP server, which reads the body and answers 200.
struct BareServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bare-server", abstract: "Answer 200 to everything.", shouldDisplay: false)

    @Option(help: "The port on 127.0.0.1.")
    var port: Int

    func run() async throws {
        var logger = Logger(label: "bare")
        logger.logLevel = .critical
        let answer = ByteBuffer(string: #"{"status":"accepted"}"#)
        let server = Server(
            childChannelSetup: HTTP1Channel { request, writer, _ in
                for try await _ in request.body {}
                let head = HTTPResponse(
                    status: .ok,
                    headerFields: [.contentType: "application/json", .contentLength: String(answer.readableBytes)])
                try await writer.write(response: head, body: ResponseBody(byteBuffer: answer))
            },
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: nil, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
        let services = ServiceGroup(
            services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await services.run()
    }
}
