import Foundation
import HTTPTransport
import ModelClient
import ModelStandIn
import Testing
import Vocabulary

/// Everything seen in the field, through the whole client over libcurl.
@Suite(.timeLimit(.minutes(2)))
struct ChecklistTests {
    @Test(arguments: ChecklistCase.all)
    func `is ready for`(_ item: ChecklistCase) async throws {
        let faults = try item.fault.map { [FaultRule(model: "first", fault: try Fault(text: $0))] } ?? []
        let adjust: (inout ModelClientConfiguration) -> Void = { $0.models[0].timeout = item.timeout }
        try await StandInStage.with(
            StandInConfiguration(faults: faults), inRealTime: item.isStream, adjust: adjust
        ) { stage in
            var call = ModelCall.sample(.mood())
            if item.isStream { call.streaming = Streaming() }
            let (attempts, answeredBy) = try await ask(call, stage)
            #expect(attempts.filter { $0.model == "first" }.compactMap(\.failure?.kind) == item.failures)
            #expect(answeredBy == item.answeredBy)
            #expect(attempts.count == stage.bill.requests.count)
            let known = attempts.compactMap(\.cost.amount).total()
            #expect(item.knowsCost ? known == stage.bill.cost : known < stage.bill.cost)
        }
    }

    @Test func `is ready for 39 a slow connect`() async throws {
        // The listener takes no connection, and its line is full: whoever comes next waits.
        let listener = try FullListener()
        let transport = CurlTransport()
        var configuration = ModelClientConfiguration.sample(firstFallsBackTo: [])
        configuration.providers[0].baseURL = "http://127.0.0.1:\(listener.port)/v1"
        configuration.limits.connectTimeout = .milliseconds(300)
        configuration.retries.timeout = RetryRules.Rule(retries: 1, base: .zero)
        let client = FallbackClient(transport, configuration, time: VirtualTime())
        let error = try #require(try await clientError { try await client.answer(.sample()) })
        #expect(error.attempts.map(\.failure?.kind) == [.notConnected, .notConnected])
        #expect(error.attempts.allSatisfy { $0.replaySafety == .notSent })
        await transport.close()
        listener.close()
    }

    @Test func `the list has no gap`() {
        #expect(Set(ChecklistCase.all.map(\.number)).union([39]) == Set(1...42))
    }

    private func ask(_ call: ModelCall, _ stage: StandInStage) async throws -> ([Attempt], String?) {
        do {
            let reply = try await stage.client.answer(call)
            #expect(reply.content == .json(["label": "happy"]))
            return (reply.attempts, reply.model)
        } catch let error as ModelClientError {
            return (error.attempts, nil)
        }
    }
}

/// Listens on loopback without ever taking a connection, and has filled its own line.
private final class FullListener: Sendable {
    let port: Int
    private let descriptors: [Int32]

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutableBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { addresses in
                bind(listener, addresses.baseAddress, length) | listen(listener, 0)
                    | getsockname(listener, addresses.baseAddress, &length)
            }
        }
        guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(in_port_t(bigEndian: address.sin_port))
        var descriptors = [listener]
        for _ in 0..<4 {
            let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            _ = withUnsafeBytes(of: &address) { bytes in
                bytes.withMemoryRebound(to: sockaddr.self) { connect(client, $0.baseAddress, length) }
            }
            descriptors.append(client)
        }
        self.descriptors = descriptors
    }

    func close() {
        for descriptor in descriptors { _ = Glibc.close(descriptor) }
    }
}
