import ArgumentParser
import Bellhop
import BellhopConfiguration
import Foundation
import ModelClient
import Terminal

struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "Show which models each kind of work goes to, as bellhop.yaml resolves.",
        discussion: "Prices are dollars per million tokens, prompt / completion, of the first model.")

    @OptionGroup var setup: SetupOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let models = try setup.settings().models
        let routes = Self.routes(of: models)
        if output.json { return try output.print(json: routes) }
        var table = Table([
            .init("class"), .init("task"), .init("complexity"), .init("first model"),
            .init("prompt", alignment: .right), .init("completion", alignment: .right), .init("then"),
        ])
        for route in routes {
            table.add(
                [
                    route.routingClass, route.task, route.complexity, route.chain.first ?? "",
                    route.promptPrice ?? "?", route.completionPrice ?? "?",
                    route.chain.dropFirst().joined(separator: " → "),
                ].map { Table.Cell($0) })
        }
        print(table.rendered(OutputOptions.style), terminator: "")
    }

    struct Route: Encodable {
        var routingClass: String
        var task: String
        var complexity: String
        var chain: [String]
        var promptPrice: String?
        var completionPrice: String?
    }

    /// One route for each class, then one for each task or complexity that the matrix treats in its own way.
    static func routes(of models: ModelClientConfiguration) -> [Route] {
        let classes = RoutingClass.allCases.map { Routing($0, task: "any other") }
        let tasks = models.routing.tasks.keys.sorted { $0.rawValue < $1.rawValue }
            .map { Routing(.highVolume, task: $0) }
        let lifts = models.routing.lifts.keys.sorted { $0.rawValue < $1.rawValue }
            .map { Routing(.highVolume, task: $0, complexity: .high) }
        return classes.map { route($0, classed: true, in: models) }
            + (tasks + lifts).map { route($0, classed: false, in: models) }
    }

    private static func route(_ routing: Routing, classed: Bool, in models: ModelClientConfiguration) -> Route {
        let chain = models.chain(for: routing)
        return Route(
            routingClass: classed ? routing.routingClass.rawValue : "any", task: routing.task.rawValue,
            complexity: routing.complexity.rawValue, chain: chain.map(\.name),
            promptPrice: chain.first?.promptPrice?.dollarsPerMillion.description,
            completionPrice: chain.first?.completionPrice?.dollarsPerMillion.description)
    }
}
