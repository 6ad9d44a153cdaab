import Foundation
import HTTPCore
import Vocabulary

@testable import ModelClient

extension FuzzTarget {
    /// Whole answers of chat-completions servers: a byte for the status, lines of headers, a blank line, the body.
    static let responses = FuzzTarget(name: "responses") { data in
        var input = FuzzInput(data)
        let statuses = [200, 200, 200, 400, 401, 402, 403, 404, 408, 413, 429, 429, 500, 502, 503, 504, 529, 301, 100]
        var response = TransportResponse(status: statuses[input.choice(of: statuses.count)])
        while !input.isEmpty, response.headers.count < 16 {
            let line = input.line()
            if line.isEmpty { break }
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            response.headers.append((parts[0], parts.count > 1 ? parts[1] : ""))
        }
        response.body = input.rest
        let reading = ResponseDecoder(now: Date(timeIntervalSince1970: 1_800_000_000)).reading(of: response)
        try checkReading(reading)
        try checkJudgement(of: reading)
        _ = reading.report.cost(for: pricedModel, status: reading.status)
    }

    private static let pricedModel: Model = {
        var model = Model(name: "small", provider: "local", id: nil)
        model.promptPrice = TokenPrice(picos: .max)
        model.completionPrice = TokenPrice(picos: 1)
        return model
    }()

    /// What must hold for every answer and every failure, whole or in pieces.
    static func checkReading(_ reading: ResponseReading) throws {
        for name in [reading.generationID, reading.servedModel].compactMap({ $0 }) {
            try require((1...200).contains(name.utf8.count), "a name is long")
        }
        if let charged = reading.report.charged { try require(charged >= .zero, "a bill pays money back") }
        if let usage = reading.report.usage {
            try require(usage.promptTokens >= usage.cachedTokens && usage.cachedTokens >= 0, "tokens do not add up")
        }
        guard case .failure(let signal) = reading.result else { return }
        try require(signal.reason.utf8.count <= 300, "a reason is long")
        try require(signal.reason.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "a reason has a stranger's words")
        if let wait = signal.retryAfter {
            try require((.zero...RetryHint.longest).contains(wait), "a wait is longer than is believed")
        }
    }

    private static let mood = Schema.object([
        "label": .string(oneOf: ["happy", "unhappy"]), "score": .number(0...1),
        "themes": .array(of: .string, count: 0...3),
    ])

    private static func checkJudgement(of reading: ResponseReading) throws {
        guard case .success(let completion) = reading.result else { return }
        let format = AnswerFormat.json(name: "Mood", schema: mood, complaints: { _ in [] })
        switch AnswerJudge(format: format).judge(completion) {
        case .success(.json(let value)):
            try require(mood.violations(in: value).isEmpty, "an answer that breaks the schema is accepted")
        case .success: throw BrokenProperty(description: "an answer of another kind is accepted")
        case .failure(let signal):
            try require(signal.kind == .poorAnswer && signal.reason.count <= 500, "a complaint is long")
        }
        for value in EmbeddedJSON(text: completion.text).values { _ = try value.canonicalData() }
    }
}
