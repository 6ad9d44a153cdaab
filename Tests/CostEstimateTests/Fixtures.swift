import CostEstimate
import Foundation
import ModelClient
import Testing
import Vocabulary

func dollars(_ text: String) throws -> USD {
    try #require(USD(dollars: text))
}

func number(_ text: String) throws -> Decimal {
    try dollars(text).dollars
}

/// A claim as somebody writes it: `14.40` has two decimals.
func claim(_ text: String) throws -> ClaimedFigure {
    ClaimedFigure(try number(text), decimals: text.split(separator: ".").dropFirst().first?.count ?? 0)
}

func claims(_ single: String, _ routed: String) throws -> Claims {
    Claims(single: try claim(single), routed: try claim(routed))
}

func model(_ name: String, _ prompt: String, _ completion: String) throws -> PricedModel {
    PricedModel(
        name: name, prompt: try #require(TokenPrice(dollarsPerMillion: number(prompt))),
        completion: try #require(TokenPrice(dollarsPerMillion: number(completion))))
}

/// Work whose tokens are half input, half output.
func work(
    _ name: String, calls: Int, tokens: Int, task: TaskType = "anything", stated: PricedModel? = nil,
    claimed: Claims = Claims()
) -> Work {
    Work(
        name: name, routing: Routing(.highVolume, task: task), callsPerDay: calls, tokens: .evenSplit(of: tokens),
        assumesEvenSplit: true, stated: stated, claimed: claimed)
}

/// The day of samples/workloads/daily.yaml and the months of monthly.yaml, with tasks of their own.
func shop() throws -> Workload {
    let deepSeek = try model("DeepSeek V3.1", "0.14", "0.28")
    let gemini = try model("Gemini Flash", "0.075", "0.30")
    return Workload(
        name: "shop", source: try model("Sonnet", "3", "15"), claimed: try claims("29.52", "5.81"),
        claimedSaving: try claim("80"),
        work: [
            work("inventory", calls: 2400, tokens: 800, stated: deepSeek, claimed: try claims("14.40", "0.27")),
            work("reviews", calls: 500, tokens: 1200, stated: gemini, claimed: try claims("5.40", "0.05")),
            work("e-mail", calls: 300, tokens: 2000, task: "email", claimed: try claims("5.40", "5.40")),
            work("prices", calls: 800, tokens: 600, stated: deepSeek, claimed: try claims("4.32", "0.09")),
        ],
        volumes: [
            Volume(callsPerDay: 500, claimed: try claims("110", "22")),
            Volume(callsPerDay: 2000, claimed: try claims("440", "87")),
            Volume(callsPerDay: 10_000, claimed: try claims("2200", "435")),
            Volume(callsPerDay: 50_000, claimed: try claims("11000", "2175")),
        ])
}

/// A premium model at 3 and 15 dollars, a cheap one at 0.10 and 0.40, a writer at 0.50 and 1.50, one without a price.
func configuration(premium: String? = "premium") throws -> ModelClientConfiguration {
    func listed(_ name: String, _ prompt: String, _ completion: String) throws -> Model {
        let priced = try model(name, prompt, completion)
        return Model(name: name, provider: "p", promptPrice: priced.prompt, completionPrice: priced.completion)
    }
    return ModelClientConfiguration(
        providers: [Provider(name: "p", baseURL: "http://127.0.0.1:1")],
        models: [
            try listed("premium", "3", "15"), try listed("cheap", "0.10", "0.40"),
            try listed("writer", "0.50", "1.50"), Model(name: "secretive", provider: "p"),
        ],
        aliases: ["best": "premium"],
        routing: RoutingMatrix(
            tasks: ["email": "writer", "mystery": "secretive"], lifts: ["anything": "premium"], defaultModel: "cheap"),
        premiumModel: premium)
}
