import Bellhop
import BellhopTesting
import Foundation
import Testing

@testable import OrderCreated

private let samples = URL(filePath: "../../../samples", relativeTo: URL(filePath: #filePath))

@Suite struct SamplesTests {
    private let answers: CannedAnswers

    init() throws {
        answers = try CannedAnswers(folder: samples.appending(path: "answers"))
    }

    private func run(_ name: String) async throws -> (effects: [Effect], questions: [AskedQuestion]) {
        let sample = try Sample(contentsOf: samples.appending(path: "orders/create/\(name).json"))
        let models = answers.models()
        let effects = try await BellhopTesting.run(
            OrderCreated(settings: .init()), on: sample.event(), with: models)
        return (effects, models.questions)
    }

    @Test(arguments: try Sample.all(of: "orders/create", in: samples))
    func `every sample has good canned answers`(sample: Sample) async throws {
        let models = answers.models()
        _ = try await BellhopTesting.run(OrderCreated(settings: .init()), on: sample.event(), with: models)
        #expect(models.questions.flatMap(\.rejections) == [])
    }

    @Test func `every canned answer belongs to a sample`() async throws {
        var used: [CannedAnswer] = []
        for sample in try Sample.all(of: "orders/create", in: samples) {
            let models = answers.models()
            _ = try await BellhopTesting.run(OrderCreated(settings: .init()), on: sample.event(), with: models)
            used += models.questions.compactMap { answers.entry(for: $0) }
        }
        for entry in answers.entries where ["OrderTriage", "FraudAssessment"].contains(entry.answer) {
            #expect(used.contains(entry) || entry.when.isEmpty, "\(entry.when)")
        }
    }

    @Test func `default answers fit their schemas`() {
        let schemas = ["OrderTriage": OrderTriage.schema, "FraudAssessment": FraudAssessment.schema]
        for entry in answers.entries where entry.when.isEmpty {
            if let schema = schemas[entry.answer] { #expect(schema.violations(in: entry.reply).isEmpty) }
        }
    }

    @Test(arguments: ["everyday", "point-of-sale"])
    func `an order without words and signals costs nothing and leaves no trace`(name: String) async throws {
        let (effects, questions) = try await run(name)
        #expect(effects.isEmpty)
        #expect(questions.isEmpty)
    }

    @Test func `a gift with a wish costs one cheap question, and is tagged and noted`() async throws {
        let (effects, questions) = try await run("gift.wire")
        #expect(questions.map(\.routing) == [Routing(.highVolume, task: .classification)])
        #expect(effects.first == .tag(.order(6_021_473_918_231), ["gift", "request:delivery"]))
        #expect(effects.map(\.kind) == [.tag, .note])
    }

    @Test func `a risky order is assessed by a second question`() async throws {
        let (effects, questions) = try await run("high-risk")
        #expect(questions.map(\.answer) == ["OrderTriage", "FraudAssessment"])
        #expect(questions.last?.routing == Routing(.complex, task: .fraudDetection))
        let order = ResourceID.order(1_152_921_504_606_847_977)
        #expect(effects.first == .tag(order, ["urgent", "request:delivery", "risk:high"]))
        guard case .note(order, let note)? = effects.last else {
            Issue.record("no note")
            return
        }
        #expect(note.contains("Risk of fraud: high. Suggestion: review by hand before shipping."))
        #expect(note.contains("Signals (score 13)"))
    }

    @Test(arguments: try Sample.all(of: "orders/create", in: samples))
    func `no name, street, mail address or telephone number reaches a model`(sample: Sample) async throws {
        let models = answers.models()
        let event = try sample.event(of: Order.self)
        _ = try await BellhopTesting.run(OrderCreated(settings: .init()), on: event, with: models)
        let body = try JSONValue(parsing: sample.body)
        let people = ["billing_address", "shipping_address"].compactMap { body[$0] }
        let personal = people.flatMap { person in
            ["last_name", "name", "address1", "zip", "phone"].compactMap { person[$0]?.string }
        }
        for secret in personal + ["example.com", "203.0.113"] {
            #expect(!models.questions.contains { $0.data.contains(secret) }, "\(secret)")
        }
    }

    @Test func `a note that gives orders stays inside the data`() async throws {
        let (effects, questions) = try await run("note-injection")
        for question in questions {
            #expect(!question.instructions.contains("previous instructions"))
            #expect(question.data.contains("previous instructions"))
            #expect(!question.data.contains("<"))
        }
        #expect(effects.first == .tag(.order(6_021_482_233_411), ["request:other", "risk:medium"]))
    }
}
