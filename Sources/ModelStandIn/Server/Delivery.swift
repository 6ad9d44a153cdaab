import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Brings an outcome to the client, to its end or not.
struct Delivery {
    let outcome: Outcome
    let connection: Connection
    let hangLimit: Duration

    /// - Throws: ``ConnectionCut`` when the outcome leaves no connection to answer on.
    func response() async throws -> Response {
        guard await connection.pause(for: outcome.delay) else { throw ConnectionCut() }
        guard outcome.sendsHeaders else {
            try await end()
            throw ConnectionCut()
        }
        return Response(status: HTTPResponse.Status(code: outcome.status), headers: headers, body: body)
    }

    private var body: ResponseBody {
        if case .complete = outcome.ending, outcome.length != nil, outcome.steps.count < 2 {
            return ResponseBody(byteBuffer: outcome.steps.first?.buffer ?? ByteBuffer())
        }
        return ResponseBody(contentLength: outcome.length) { writer in
            for step in outcome.steps {
                try await take(step, writer: &writer)
            }
            // Leaving without `finish` makes the server close the connection.
            try await end()
            try await writer.finish(nil)
        }
    }

    private func take(_ step: BodyStep, writer: inout any ResponseBodyWriter) async throws {
        switch step {
        case .write: try await writer.write(step.buffer)
        case .pause(let duration):
            guard await connection.pause(for: duration) else { throw ConnectionCut() }
        }
    }

    /// - Throws: ``ConnectionCut`` unless the response is to end in good order.
    private func end() async throws {
        switch outcome.ending {
        case .complete: return
        case .cut: break
        case .reset: await connection.reset()
        case .stall: _ = await connection.pause(for: hangLimit)
        }
        if !outcome.sendsHeaders { await connection.close() }
        throw ConnectionCut()
    }

    private var headers: HTTPFields {
        var fields = HTTPFields()
        for (name, value) in outcome.headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields[name] = value
        }
        return fields
    }
}

/// There is no connection any more to send a response on.
struct ConnectionCut: Error {}

extension BodyStep {
    fileprivate var buffer: ByteBuffer {
        guard case .write(let data) = self else { return ByteBuffer() }
        return ByteBuffer(bytes: data)
    }
}
