import Foundation
import HTTPTransport
import Testing

/// A 200 never leaves before the flush that covers it. A kill alone would pass with flushing switched off: the page
/// cache outlives the process. Only the system calls tell.
@Suite(.timeLimit(.minutes(10))) struct FlushTests {
    @Test func everyAcknowledgementFollowsAFlushOfTheDatabase() async throws {
        try await Project.withFolder { folder in
            let trace = folder.appending(path: "trace.txt")
            let count = 25
            try await Program.serve(
                data: folder.appending(path: "data"),
                wrapper: [
                    // -D: the server is our child, and the tracer its companion.
                    "strace", "-D", "-f", "-y", "-s", "64", "-o", trace.path, "-e",
                    "trace=fsync,fdatasync,write,writev,sendto,sendmsg",
                ]
            ) { server in
                let transport = CurlTransport()
                let sender = try Sender(sample: "samples/inventory_levels", transport: transport)
                for _ in 0..<count {
                    #expect(await sender.deliver(to: server.webhooks) != nil)
                }
                await transport.close()
            }
            let calls = SystemCalls(trace: try await finished(trace))
            #expect(calls.acknowledgements == count)
            #expect(calls.unflushed == 0)
        }
    }
}

extension FlushTests {
    /// The trace, once the tracer has seen the server's end; the suite's time limit is the deadline.
    private func finished(_ trace: URL) async throws -> String {
        while true {
            let text = try String(contentsOf: trace, encoding: .utf8)
            if text.contains("+++ exited with 0 +++\n"), text.hasSuffix("+++\n") { return text }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

/// Follows a trace of one client that sends one delivery after another.
struct SystemCalls {
    /// Answers 200 that left.
    private(set) var acknowledgements = 0
    /// Those among them with no completed flush of the write-ahead log since the answer before.
    private(set) var unflushed = 0

    private var isFlushed = false
    /// Threads inside a flush of the log.
    private var flushing: Set<Substring> = []

    init(trace: String) {
        for line in trace.split(separator: "\n") {
            follow(line)
        }
    }

    private mutating func follow(_ line: Substring) {
        let thread = line.prefix { $0 != " " }
        let isFlush = line.contains("fsync(") || line.contains("fdatasync(")
        if isFlush, line.contains("bellhop.sqlite-wal") {
            if line.contains("<unfinished") {
                flushing.insert(thread)
            } else if line.contains("= 0") {
                isFlushed = true
            }
        } else if line.contains("sync resumed>"), line.contains("= 0"), flushing.remove(thread) != nil {
            isFlushed = true
        } else if line.contains("HTTP/1.1 200"), !line.contains("resumed>") {
            acknowledgements += 1
            if !isFlushed { unflushed += 1 }
            isFlushed = false
        }
    }
}
