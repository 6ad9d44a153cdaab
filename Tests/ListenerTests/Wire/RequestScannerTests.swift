import Foundation
import Listener
import NIOCore
import NIOEmbedded
import NIOHTTP1
import TestSupport
import Testing

@Suite("The scanner ahead of the decoder")
struct RequestScannerTests {
    private func scanner(headBytes: Int = 32 << 10) -> RequestScanner {
        RequestScanner(headBytes: headBytes, headFields: 100)
    }

    /// What is taken of some bytes in pieces, how many requests it is, and what stops it.
    private struct Reading: Equatable {
        var taken = 0
        var requests = 0
        var fault: Refusal?
    }

    private func read(_ bytes: Data, inPiecesOf size: Int) -> Reading {
        var scanner = scanner()
        var reading = Reading()
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let (count, stop) = scanner.scan(Array(rest.prefix(size)).span)
            rest.removeFirst(count)
            reading.taken += count
            switch stop {
            case .bytesEnded: break
            case .requestEnded: reading.requests += 1
            case .fault(let refusal):
                reading.fault = refusal
                return reading
            case .closed: return reading
            }
        }
        return reading
    }

    private static func all() throws -> [HostileRequest] {
        try HostileRequest.heads() + HostileRequest.targets() + HostileRequest.framing() + HostileRequest.chunks()
            + HostileRequest.oversized() + HostileRequest.pipelined()
    }

    @Test("In whatever pieces bytes come, the same is taken of them", arguments: try all())
    func pieces(request: HostileRequest) {
        let whole = read(request.bytes, inPiecesOf: .max)
        for size in [1, 2, 3, 7, 64] { #expect(read(request.bytes, inPiecesOf: size) == whole) }
    }

    @Test("After a fault, and after a request that ends its connection, nothing is taken")
    func closed() {
        for text in ["\u{0}", "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"] {
            var scanner = scanner()
            _ = scanner.scan(Array(text.utf8).span)
            let (count, stop) = scanner.scan(Array(HostileRequest.get.utf8).span)
            #expect(count == 0)
            #expect(stop == .closed)
        }
    }

    @Test("What would be the last request of a connection is known when its head is there, not before")
    func last() {
        var scanner = scanner()
        _ = scanner.scan(Array("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n".utf8).span)
        #expect(!scanner.isLast)
        #expect(scanner.isInHead)
        _ = scanner.scan(Array("\r\n".utf8).span)
        #expect(scanner.isLast)
        #expect(!scanner.isInHead)
        #expect(!scanner.isOld)
    }

    @Test("The head's limit counts each byte of it, and is reached no sooner")
    func headLimit() {
        let text = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        var fitting = scanner(headBytes: text.utf8.count)
        #expect(fitting.scan(Array(text.utf8).span).stop == .requestEnded)
        var narrow = scanner(headBytes: text.utf8.count - 1)
        #expect(narrow.scan(Array(text.utf8).span) == (text.utf8.count - 1, .fault(.headersTooLarge)))
    }

    /// Seeded: the same bytes every time.
    @Test(
        "Where a request ends, the decoder and the scanner are of one mind, whatever is changed in it",
        arguments: 0..<40)
    func sameAsDecoder(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let seeds = try Self.all().map(\.bytes).filter { $0.count < 2000 }
        for _ in 0..<50 {
            let first = seeds[Int(random.next() % UInt64(seeds.count))]
            let second = seeds[Int(random.next() % UInt64(seeds.count))]
            let bytes = mutated(first + second, &random)
            var scanner = scanner()
            let passed = Self.passed(by: &scanner, bytes)
            let decoded = Self.decoded(passed.bytes)
            let comment = Comment(rawValue: String(decoding: bytes, as: UTF8.self).debugDescription)
            #expect(decoded.ends == passed.requests, comment)
            // Of a body with a fault the decoder may know before its line has ended.
            #expect(!decoded.failed || passed.hasFault, comment)
        }
    }

    /// Some bytes replaced by ones that mean something.
    private func mutated(_ bytes: Data, _ random: inout SplitMix64) -> Data {
        let meaningful = Array("\r\n\t :;,=\"\\0159afAF/#*\u{0}\u{7f}hHcC".utf8) + [0x80, 0xff]
        var bytes = Array(bytes)
        for _ in 0..<(random.next() % 4) {
            let index = Int(random.next() % UInt64(bytes.count))
            let byte = meaningful[Int(random.next() % UInt64(meaningful.count))]
            switch random.next() % 3 {
            case 0: bytes[index] = byte
            case 1: bytes.insert(byte, at: index)
            default: bytes.remove(at: index)
            }
        }
        return Data(bytes)
    }

    /// What the decoder is given, as the handler gives it: no head before it is whole.
    private static func passed(by scanner: inout RequestScanner, _ bytes: Data) -> (
        bytes: [UInt8], requests: Int, hasFault: Bool
    ) {
        var passed: [UInt8] = []
        var head: [UInt8] = []
        var requests = 0
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let (count, stop) = scanner.scan(Array(rest).span)
            head += rest.prefix(count)
            rest.removeFirst(count)
            if !scanner.isInHead {
                passed += head
                head = []
            }
            guard case .requestEnded = stop else {
                if case .fault = stop { return (passed, requests, true) }
                break
            }
            requests += 1
        }
        return (passed, requests, false)
    }

    private static func decoded(_ bytes: [UInt8]) -> (ends: Int, failed: Bool) {
        let channel = EmbeddedChannel()
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        var isFailed = false
        do {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false)
            try channel.writeInbound(ByteBuffer(bytes: bytes))
        } catch {
            isFailed = true
        }
        var ends = 0
        while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) {
            if case .end = part { ends += 1 }
        }
        return (ends, isFailed)
    }
}
