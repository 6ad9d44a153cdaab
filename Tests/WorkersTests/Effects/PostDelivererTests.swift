import Bellhop
import Cryptography
import EffectReceiver
import Foundation
import HTTPCore
import HTTPTransport
import InboxCore
import Testing
import Workers

/// Posts over real libcurl to a real receiver.
@Suite(.timeLimit(.minutes(5))) struct PostDelivererTests {
    private static let secret = "a-secret-for-tests"
    private let body: JSONValue = ["b": 1, "a": ["ü", .null, .number(1.50)]]

    private func withDeliverer(
        to url: String, secrets: [String] = [secret], repetition: Repetition = .idempotent, askURL: String? = nil,
        timeout: Duration = .seconds(30), _ body: (PostDeliverer) async throws -> Void
    ) async throws {
        let transport = CurlTransport()
        let destination = PostDestination(
            url: url, secrets: secrets.map { SigningSecret($0) }, repetition: repetition, askURL: askURL,
            timeout: timeout)
        let deliverer = PostDeliverer(destinations: ["erp": destination], transport: transport)
        do {
            try await body(deliverer)
        } catch {
            await transport.close()
            throw error
        }
        await transport.close()
    }

    private func deliver(
        answering answer: ReceiverAnswer, repetition: Repetition = .idempotent
    ) async throws -> EffectResponse {
        var response: EffectResponse?
        try await EffectReceiver.run(answering: { _ in answer }) { receiver in
            try await withDeliverer(to: receiver.url, repetition: repetition) { deliverer in
                response = try await deliverer.deliver(.post(Effect.Post(to: "erp", body)), under: "d/h/0")
            }
        }
        return try #require(response)
    }

    @Test func `the receiver gets the canonical body, the key and a signature over both time and body`() async throws {
        try await EffectReceiver.run { receiver in
            try await withDeliverer(to: receiver.url, secrets: ["new", "old"]) { deliverer in
                let id = try #require(ResourceID(gid: "gid://shopify/Order/7"))
                let write = Effect.Write(id, ["tags": "a"])
                let post = Effect.Post(to: "erp", body, writes: [write])
                let response = try await deliverer.deliver(.post(post), under: "d/h/0")
                #expect(response == .delivered(wrote: [write]))
            }
            let request = try #require(receiver.requests.first)
            #expect(request.method == "POST")
            #expect(String(decoding: request.body, as: UTF8.self) == #"{"a":["ü",null,1.5],"b":1}"#)
            #expect(request.headers["idempotency-key"] == #""d/h/0""#)
            #expect(request.headers["content-type"] == "application/json")
            #expect(request.headers["user-agent"] == "bellhop")
            #expect(try request.isSigned(with: "new"))
            #expect(try request.isSigned(with: "old"))
            #expect(try !request.isSigned(with: "guess"))
            let age =
                try #require(request.headers["bellhop-timestamp"].flatMap(Double.init)) - Date().timeIntervalSince1970
            #expect(abs(age) < 120)
        }
    }

    @Test(arguments: [200, 201, 202, 204])
    func `any 2xx is done`(status: Int) async throws {
        #expect(try await deliver(answering: ReceiverAnswer(status)) == .delivered(wrote: []))
    }

    @Test(arguments: [400, 401, 404, 410, 422])
    func `other 4xx is a refusal`(status: Int) async throws {
        #expect(try await deliver(answering: ReceiverAnswer(status)) == .refused(reason: "erp refused with \(status)"))
    }

    @Test func `409 says that the first request is still worked on, where keys are known`() async throws {
        let answer = ReceiverAnswer(409, headers: ["Retry-After": "7"])
        #expect(
            try await deliver(answering: answer) == .failed(reason: "erp answered with 409", retryAfter: .seconds(7)))
        for repetition in [Repetition.askable, .neither] {
            #expect(
                try await deliver(answering: answer, repetition: repetition)
                    == .refused(reason: "erp refused with 409"))
        }
    }

    @Test(arguments: [408, 425, 429, 503])
    func `a busy receiver is tried again when it says`(status: Int) async throws {
        let answer = ReceiverAnswer(status, headers: ["Retry-After": "120"])
        #expect(
            try await deliver(answering: answer)
                == .failed(reason: "erp answered with \(status)", retryAfter: .seconds(120)))
    }

    @Test(arguments: ["soon", "-1", "", "99999999999999999999"])
    func `a wait that makes no sense is none`(hint: String) async throws {
        let answer = ReceiverAnswer(429, headers: ["Retry-After": hint])
        #expect(try await deliver(answering: answer) == .failed(reason: "erp answered with 429", retryAfter: nil))
    }

    @Test(arguments: [500, 502, 504])
    func `a server that broke down may have done it`(status: Int) async throws {
        #expect(
            try await deliver(answering: ReceiverAnswer(status)) == .uncertain(reason: "erp answered with \(status)"))
    }

    @Test func `a redirect is not followed`() async throws {
        try await EffectReceiver.run { other in
            let response = try await deliver(answering: ReceiverAnswer(307, headers: ["Location": other.url]))
            guard case .refused(let reason) = response else {
                Issue.record("\(response)")
                return
            }
            #expect(reason.contains("307"))
            #expect(!reason.contains("127.0.0.1"))
            #expect(other.requests.isEmpty)
        }
    }

    @Test func `the status counts also when the body is absurdly long`() async throws {
        let answer = ReceiverAnswer(200, body: String(repeating: "x", count: 1 << 20))
        #expect(try await deliver(answering: answer) == .delivered(wrote: []))
    }

    @Test func `no answer in time leaves it open`() async throws {
        try await EffectReceiver.run(answering: { _ in await .never() }) { receiver in
            try await withDeliverer(to: receiver.url, timeout: .milliseconds(300)) { deliverer in
                let response = try await deliverer.deliver(.post(Effect.Post(to: "erp", body)), under: "d/h/0")
                // On a slow machine the time may be over before anything was sent.
                if response == .failed(reason: "erp was not reached (timeout)", retryAfter: nil) {
                    #expect(receiver.requests.isEmpty)
                } else {
                    #expect(response == .uncertain(reason: "erp gave no answer (timeout)"))
                }
            }
        }
    }

    @Test func `where nobody listens it was certainly not sent`() async throws {
        let port = try await EffectReceiver.run { $0.port }
        try await withDeliverer(to: "http://127.0.0.1:\(port)/effects") { deliverer in
            let response = try await deliverer.deliver(.post(Effect.Post(to: "erp", body)), under: "d/h/0")
            #expect(response == .failed(reason: "erp was not reached (not_connected)", retryAfter: nil))
        }
    }

    @Test(arguments: [(200, EffectAnswer.happened(wrote: [])), (404, .didNot), (410, .didNot)])
    func `the receiver is asked under the key`(status: Int, answer: EffectAnswer) async throws {
        try await EffectReceiver.run(answering: { _ in ReceiverAnswer(status) }) { receiver in
            try await withDeliverer(to: receiver.url, repetition: .askable, askURL: receiver.askURL) { deliverer in
                let post = Effect.post(Effect.Post(to: "erp", body))
                let asked = try await deliverer.ask(about: post, under: "d/h/0")
                #expect(asked == answer)
            }
            let question = try #require(receiver.questions.first)
            #expect(question.path == "/effects/d%2Fh%2F0")
            #expect(question.key == "d/h/0")
            #expect(try question.isSigned(with: Self.secret))
        }
    }

    @Test(arguments: [500, 401, 302])
    func `any other answer tells nothing`(status: Int) async throws {
        try await EffectReceiver.run(answering: { _ in ReceiverAnswer(status) }) { receiver in
            try await withDeliverer(to: receiver.url, repetition: .askable, askURL: receiver.askURL) { deliverer in
                let post = Effect.post(Effect.Post(to: "erp", body))
                let asked = try await deliverer.ask(about: post, under: "d/h/0")
                #expect(asked == .cannotTell(reason: "erp answered with \(status) when asked whether it arrived"))
            }
        }
    }

    @Test func `a destination that bellhop yaml does not have is a clear refusal`() async throws {
        try await withDeliverer(to: "http://127.0.0.1:1") { deliverer in
            let response = try await deliverer.deliver(.post(Effect.Post(to: "crm", body)), under: "d/h/0")
            #expect(
                response
                    == .refused(
                        reason: "bellhop.yaml has no destination of this name; add it, then send the effect again"))
        }
    }

    @Test func `without a secret nothing is sent`() async throws {
        try await withDeliverer(to: "http://127.0.0.1:1", secrets: []) { deliverer in
            #expect(deliverer.lanes[EffectLane(.post, destination: "erp")]?.concurrency == 0)
        }
    }

    @Test func `the longest attempt is the longest timeout, twice where a question comes first`() {
        func destination(_ seconds: Int, _ repetition: Repetition) -> PostDestination {
            PostDestination(
                url: "http://127.0.0.1:1", secrets: [], repetition: repetition, timeout: .seconds(seconds))
        }
        func longest(_ destinations: [String: PostDestination]) -> Duration {
            PostDeliverer(destinations: destinations, transport: ScriptedModels([])).longestAttempt
        }
        #expect(longest([:]) == .zero)
        #expect(longest(["a": destination(40, .idempotent), "b": destination(15, .askable)]) == .seconds(40))
        #expect(longest(["a": destination(40, .neither), "b": destination(25, .askable)]) == .seconds(50))
    }

    @Test func `a secret shows in no description`() {
        let destination = PostDestination(url: "https://erp.example.com", secrets: [SigningSecret(Self.secret)])
        #expect(!"\(destination)".contains(Self.secret))
        #expect(!String(reflecting: destination).contains(Self.secret))
    }
}
