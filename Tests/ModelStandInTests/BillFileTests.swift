import Foundation
import ModelStandIn
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct BillFileTests {
    @Test func `holds a line for each request`() async throws {
        try await Self.withFile { path in
            let bill = Bill(file: try BillFile(path: path))
            let configuration = StandInConfiguration(
                prices: try StandInFixture.prices(), faults: [FaultRule(model: "*", fault: .overloaded, times: 1)])
            try await StandInFixture.with(configuration, bill: bill) { (standIn) async throws in
                for _ in 0..<3 { _ = try await standIn.ask(StandInFixture.request()) }
            }
            let entries = try BillFile.entries(at: path)
            #expect(entries == bill.statement.requests)
            #expect(entries.map(\.cost) == [.zero, USD(nanos: 9_500), USD(nanos: 9_500)])
            #expect(Set(entries.map(\.id)).count == 3)
        }
    }

    @Test(arguments: [Fault.cutBeforeHeaders, .hang])
    func `is written although not a byte of the answer is sent`(fault: Fault) async throws {
        try await Self.withFile { path in
            let bill = Bill(file: try BillFile(path: path))
            let configuration = StandInConfiguration(
                prices: try StandInFixture.prices(), faults: [FaultRule(model: "*", fault: fault)],
                hangLimit: .milliseconds(1))
            try await StandInFixture.with(configuration, bill: bill) { (standIn) async throws in
                #expect(try await standIn.ask(StandInFixture.request()).bytes.isEmpty)
                // The stand-in still runs, so nothing is written at its end.
                #expect(try BillFile.entries(at: path).map(\.cost) == [USD(nanos: 9_500)])
            }
        }
    }

    @Test func `is added to`() async throws {
        try await Self.withFile { path in
            for _ in 0..<2 {
                try await StandInFixture.with(StandInConfiguration(), bill: Bill(file: try BillFile(path: path))) {
                    (standIn) async throws in
                    _ = try await standIn.ask(StandInFixture.request())
                }
            }
            let entries = try BillFile.entries(at: path)
            #expect(entries.map(\.sequence) == [1, 1])
            #expect(Set(entries.map(\.id)).count == 2)
        }
    }

    @Test func `leaves out a line that is not finished`() async throws {
        try await Self.withFile { path in
            try await StandInFixture.with(StandInConfiguration(), bill: Bill(file: try BillFile(path: path))) {
                (standIn) async throws in
                _ = try await standIn.ask(StandInFixture.request())
            }
            let whole = try Data(contentsOf: URL(filePath: path))
            try (whole + whole.prefix(20)).write(to: URL(filePath: path))
            #expect(try BillFile.entries(at: path).count == 1)
        }
    }

    @Test func `no answer goes out unbilled`() async throws {
        // A disk without room.
        let bill = Bill(file: try BillFile(path: "/dev/full"))
        try await StandInFixture.with(StandInConfiguration(), bill: bill) { (standIn) async throws in
            let response = try await standIn.ask(StandInFixture.request())
            #expect(response.status == 500)
            #expect(!String(decoding: response.body, as: UTF8.self).contains("choices"))
        }
    }

    @Test func `a place that cannot be written is an error at once`() {
        let error = #expect(throws: BillFileError.self) { try BillFile(path: "/nowhere/at/all/bill.jsonl") }
        #expect(error?.description.contains("/nowhere/at/all/bill.jsonl") == true)
    }

    private static func withFile(_ body: (String) async throws -> Void) async throws {
        try await TemporaryFolder.with { try await body($0.appending(path: "bill.jsonl").path) }
    }
}
