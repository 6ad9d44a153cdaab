import Foundation
import HTTPCore
import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(5))) struct RoundTripTests {
    @Test func statusHeadersAndBodyComeBack() async throws {
        try await EchoServer.run { url in
            try await withTransport { transport in
                let request = TransportRequest(
                    .post, url: url + "/echo",
                    headers: [("Content-Type", "application/json"), ("X-Echo", "a b; c=\"d\"")],
                    body: Data(#"{"name":"Zoë"}"#.utf8))
                let response = try await transport.send(request)
                #expect(response.status == 201)
                #expect(response.text == #"{"name":"Zoë"}"#)
                #expect(response.header("content-type") == "application/json")
                #expect(response.header("x-echo") == "a b; c=\"d\"")
                #expect(
                    response.headers.filter { $0.name.lowercased() == "set-cookie" }.map(\.value) == ["a=1", "b=2"])
                #expect(response.elapsed > .zero)
            }
        }
    }

    @Test(arguments: [200, 204, 301, 404, 429, 500, 503])
    func everyStatusIsAResponse(status: Int) async throws {
        try await EchoServer.run { url in
            try await withTransport { transport in
                let response = try await transport.send(TransportRequest(.get, url: "\(url)/status/\(status)"))
                #expect(response.status == status)
                #expect(response.body.isEmpty)
            }
        }
    }

    @Test(arguments: [0, 1, 16_384, 65_537, 8 << 20])
    func bodiesOfEverySizePassBothWays(size: Int) async throws {
        try await EchoServer.run { url in
            try await withTransport { transport in
                let body = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
                let limits = TransportRequest.Limits(responseBytes: max(1, size))
                let request = TransportRequest(.post, url: url + "/echo", body: body, limits: limits)
                let response = try await transport.send(request)
                #expect(response.body == body)
            }
        }
    }

    @Test func requestsOfEitherMethodFollowEachOtherOnOneHandle() async throws {
        try await EchoServer.run { url in
            try await withTransport { transport in
                for number in 0..<20 {
                    let body = Data(repeating: UInt8(number), count: number * 100)
                    let posted = try await transport.send(TransportRequest(.post, url: url + "/echo", body: body))
                    #expect(posted.body == body)
                    let got = try await transport.send(TransportRequest(.get, url: url + "/status/404"))
                    #expect(got.status == 404)
                    #expect(got.body.isEmpty)
                }
            }
        }
    }

    @Test func twoHundredRequestsAtOnceEachGetTheirOwnAnswer() async throws {
        try await EchoServer.run { url in
            try await withTransport { transport in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<200 {
                        group.addTask {
                            let body = Data(String(repeating: "\(number);", count: 200).utf8)
                            let request = TransportRequest(.post, url: url + "/echo", body: body)
                            return try await transport.send(request).body == body
                        }
                    }
                    for try await isOwn in group { #expect(isOwn) }
                }
            }
        }
    }
}
