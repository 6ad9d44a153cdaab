import ModelClient

/// What a tiny question brought to light.
struct ProbeReading {
    var outcome: Outcome
    var isStreamed: Bool
    /// Pieces in which the answer came.
    var pieces: Int
    /// The model that the server says has answered.
    var answeringModel: String?

    enum Outcome {
        case answered(ModelReply)
        /// Why not, in the client's own words.
        case failed(String)
    }

    func finding(of model: Model, at provider: Provider) -> Finding {
        let form = isStreamed ? "streamed" : "whole"
        switch outcome {
        case .failed(let reason):
            return Finding(
                .probe, .fail, model.name, "\(form): no good answer; \(reason)",
                advice: "look at the model's entry in bellhop.yaml: structured_output, refuses, reasoning_effort")
        case .answered(let reply):
            let attempt = reply.attempts.last
            let milliseconds = attempt.map { Int($0.elapsed / .milliseconds(1)) } ?? 0
            let gaps = gaps(in: attempt, at: provider)
            let words =
                ["\(form): answered in \(milliseconds) ms", attempt.map { $0.cost.words } ?? "cost not known"]
                + gaps.map(\.words) + [otherName(than: model)].compactMap { $0 }
            return Finding(
                .probe, gaps.isEmpty ? .ok : .warn, model.name, words.joined(separator: ", "),
                advice: gaps.isEmpty ? nil : gaps.map(\.advice).joined(separator: "; "))
        }
    }

    private enum Gap {
        case usage, cost, stream

        var words: String {
            switch self {
            case .usage: "the server tells no usage"
            case .cost: "the server tells no cost"
            case .stream: "the answer came in one piece"
            }
        }

        var advice: String {
            switch self {
            case .usage: "each request is charged with its worst case; if the server can tell usage, switch that on"
            case .cost: "costs are estimates by the configured price; keep it up to date"
            case .stream: "see whether the server can stream at all"
            }
        }
    }

    private func gaps(in attempt: Attempt?, at provider: Provider) -> [Gap] {
        var gaps: [Gap] = []
        if attempt?.usage == nil { gaps.append(.usage) }
        // Of all the servers only OpenRouter promises one.
        if provider.dialect == .openRouter, attempt?.usage != nil, attempt?.cost.isBilled != true { gaps.append(.cost) }
        if isStreamed, pieces < 2 { gaps.append(.stream) }
        return gaps
    }

    private func otherName(than model: Model) -> String? {
        guard let answeringModel, answeringModel != model.id else { return nil }
        return "the server calls the model \"\(answeringModel.prefix(120))\""
    }
}

extension Cost {
    fileprivate var isBilled: Bool {
        if case .billed = self { true } else { false }
    }

    fileprivate var words: String {
        switch self {
        case .billed(let amount): "billed \(amount)"
        case .estimated(let amount): "\(amount) by the configured price"
        case .none: "at no cost"
        case .unknown: "cost not known"
        }
    }
}
