import Bellhop
import BellhopTesting
import Foundation
import Testing

@testable import RefundRequested

private let samples = URL(filePath: "../../../samples", relativeTo: URL(filePath: #filePath))
private let all = RefundRequested.topics.map { topic in Result { try Sample.all(of: topic, in: samples) } }

@Suite struct SamplesTests {
    private let answers: CannedAnswers

    init() throws {
        answers = try CannedAnswers(folder: samples.appending(path: "answers"))
    }

    private func run(_ sample: Sample) async throws -> (effects: [Effect], questions: [AskedQuestion]) {
        let models = answers.models()
        let effects = try await BellhopTesting.run(
            RefundRequested(settings: .init()), on: sample.event(), with: models)
        return (effects, models.questions)
    }

    private func run(_ path: String) async throws -> (effects: [Effect], questions: [AskedQuestion]) {
        try await run(Sample(contentsOf: samples.appending(path: path + ".json")))
    }

    @Test(arguments: try all.flatMap { try $0.get() })
    func `every sample has good canned answers and ends in a tag and a note`(sample: Sample) async throws {
        let (effects, questions) = try await run(sample)
        #expect(effects.map(\.kind) == [.tag, .note])
        #expect(questions.flatMap(\.rejections) == [])
    }

    @Test func `every canned answer belongs to a sample`() async throws {
        var used: [CannedAnswer] = []
        for sample in try all.flatMap({ try $0.get() }) {
            used += try await run(sample).questions.compactMap { answers.entry(for: $0) }
        }
        for entry in answers.entries where ["ReturnAdvice", "RefundExplanation"].contains(entry.answer) {
            #expect(used.contains(entry) || entry.when.isEmpty, "\(entry.when)")
        }
    }

    @Test func `default answers fit their schemas`() {
        let schemas = ["ReturnAdvice": ReturnAdvice.schema, "RefundExplanation": RefundExplanation.schema]
        for entry in answers.entries where entry.when.isEmpty {
            if let schema = schemas[entry.answer] { #expect(schema.violations(in: entry.reply).isEmpty) }
        }
    }

    @Test func `a clear defect is advised to be approved, by a premium model`() async throws {
        let (effects, questions) = try await run("returns/request/defective")
        #expect(questions.map(\.routing) == [Routing(.complex, task: .refundAnalysis)])
        #expect(effects.first == .tag(.order(6_021_473_918_231), ["return:approve-advised"]))
    }

    @Test func `a vague return is to be looked at`() async throws {
        let (effects, questions) = try await run("returns/request/vague")
        #expect(questions.count == 1)
        #expect(effects.first == .tag(.order(1_152_921_504_606_847_977), ["return:look-closer"]))
    }

    @Test func `a return without any reason is to be looked at and costs nothing`() async throws {
        let (effects, questions) = try await run("returns/request/no-reason")
        #expect(questions.isEmpty)
        #expect(effects.first == .tag(.order(6_021_480_011_287), ["return:look-closer"]))
    }

    @Test func `a refund of items is explained cheaply, with the money from the payload`() async throws {
        let (effects, questions) = try await run("refunds/create/broken-soap")
        #expect(questions.map(\.routing) == [Routing(.highVolume, task: .classification)])
        #expect(questions.first?.data.contains(#""subtotal":"16.65","tax":"1.21""#) == true)
        #expect(effects.first == .tag(.order(6_021_473_918_231), ["refund:damaged"]))
        guard case .note(_, let note)? = effects.last else {
            Issue.record("no note")
            return
        }
        #expect(note.hasPrefix("Refund of 1 item: 17.86 USD paid back.\n"))
    }

    @Test func `a refund without items is explained from its adjustments`() async throws {
        let (effects, questions) = try await run("refunds/create/late-parcel")
        #expect(questions.first?.data.contains("shipping_refund") == true)
        #expect(effects.first == .tag(.order(6_021_480_011_287), ["refund:shipping"]))
        guard case .note(_, let note)? = effects.last else {
            Issue.record("no note")
            return
        }
        #expect(note.hasPrefix("Refund of no items: 8.95 USD paid back.\n"))
    }
}
