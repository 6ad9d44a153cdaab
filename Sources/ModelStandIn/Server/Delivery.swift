import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Brings an outcome to the client, to its end or not.
struct Delivery {
    let outcome: Outcome
    let channel: any Channel
    let hangLimit: Duration

    /// - Throws: ``ConnectionCut`` when the outcome leaves no connection to answer on.
    func response() async throws -> Response {
        switch outcome.ending {
        case .complete:
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: bytes))
        case .cutMidBody:
            let half = bytes.getSlice(at: 0, length: bytes.readableBytes / 2) ?? ByteBuffer()
            let body = ResponseBody(contentLength: bytes.readableBytes) { writer in
                try await writer.write(half)
                // Leaving without `finish` makes the server close the connection.
                throw ConnectionCut()
            }
            return Response(status: status, headers: headers, body: body)
        case .cutBeforeHeaders:
            try? await channel.close()
            throw ConnectionCut()
        case .hang:
            await hang()
            throw ConnectionCut()
        }
    }

    private var status: HTTPResponse.Status {
        HTTPResponse.Status(code: outcome.status)
    }

    private var bytes: ByteBuffer {
        ByteBuffer(bytes: outcome.body)
    }

    private var headers: HTTPFields {
        var fields = HTTPFields()
        for (name, value) in outcome.headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields[name] = value
        }
        return fields
    }

    /// Returns when the client has given up, the limit is over or the server shuts down.
    private func hang() async {
        let limit = channel.eventLoop.scheduleTask(in: TimeAmount(hangLimit)) { [channel] in
            channel.close(promise: nil)
        }
        await withGracefulShutdownHandler {
            try? await channel.closeFuture.get()
        } onGracefulShutdown: { [channel] in
            channel.close(promise: nil)
        }
        limit.cancel()
    }
}

/// There is no connection any more to send a response on.
struct ConnectionCut: Error {}
