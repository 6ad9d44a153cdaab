import BellhopConfiguration
import Foundation
import Terminal
import Vocabulary

/// What a configuration resolves to, as people read it.
enum RouteTables {
    static func text(_ overview: RoutingOverview, style: Style) -> String {
        var parts = [routes(overview.routes).rendered(style)]
        if !overview.overrides.isEmpty { parts.append(overrides(overview.overrides).rendered(style)) }
        if let deadline = overview.latencyDeadline {
            let seconds = deadline.formatted(.number.precision(.fractionLength(0...3)))
            parts.append("Latency-critical calls have \(seconds) s in all.\n")
        }
        if !overview.budgets.isEmpty { parts.append(budgets(overview).rendered(style) + emergency(overview)) }
        if !overview.policies.isEmpty { parts.append(policies(overview.policies).rendered(style)) }
        if !overview.warnings.isEmpty { parts.append(warnings(overview.warnings, style: style)) }
        return parts.joined(separator: "\n")
    }

    static func warnings(_ warnings: [String], style: Style) -> String {
        warnings.map { style.paint("warning: \($0)".printable, .warning) + "\n" }.joined()
    }

    private static func routes(_ routes: [RoutingOverview.Route]) -> Table {
        var table = Table([
            .init("class"), .init("task"), .init("complexity"), .init("first model"),
            .init("prompt", alignment: .right), .init("completion", alignment: .right), .init("then"),
        ])
        for route in routes {
            let first = route.chain.first
            table.add(
                [
                    route.routingClass, route.isLatencyCritical ? "latency-critical" : route.task, route.complexity,
                    first?.model ?? "", first?.prompt ?? "?", first?.completion ?? "?",
                    route.chain.dropFirst().map(priced).joined(separator: " → "),
                ].map { Table.Cell($0) })
        }
        return table
    }

    private static func overrides(_ overrides: [RoutingOverview.Override]) -> Table {
        var table = Table([
            .init("subscription"), .init("topic"), .init("handler"), .init("asks for"), .init("models"),
        ])
        for row in overrides {
            let wishes = (row.model.map { ["model \($0)"] } ?? []) + row.asks
            let chain = row.chain.map(priced).joined(separator: " → ")
            table.add([
                .init(row.file), .init(row.topic), .init(row.handler), .init(wishes.joined(separator: ", ")),
                chain.isEmpty ? .init("none", tint: .warning) : .init(chain),
            ])
        }
        return table
    }

    private static func priced(_ model: RoutingOverview.PricedModel) -> String {
        "\(model.model) (\(model.prompt ?? "?") / \(model.completion ?? "?"))"
    }

    private static func budgets(_ overview: RoutingOverview) -> Table {
        let hasFee = overview.budgets.contains { $0.withFee != $0.daily }
        var table = Table(
            [.init("budget"), .init("daily", alignment: .right), .init("ceiling", alignment: .right)]
                + (hasFee ? [.init("daily with fee", alignment: .right)] : []))
        for row in overview.budgets {
            table.add(
                [.init(row.scope), .init(row.daily.short), .init(row.ceiling.short), .init(row.withFee.short)])
        }
        return table
    }

    private static func emergency(_ overview: RoutingOverview) -> String {
        let models = overview.emergencyModels.map(priced).joined(separator: " → ")
        return "The day begins at midnight, \(overview.timeZone); alert at \(overview.alertAt) %; then only: "
            + "\(models.isEmpty ? "nothing" : models)".printable + "\n"
    }

    private static func policies(_ policies: [RoutingOverview.Policy]) -> Table {
        var table = Table([.init("data policy for"), .init("asks for"), .init("leaves for"), .init("models")])
        for policy in policies {
            table.add([
                .init(policy.subject), .init(policy.asks.joined(separator: ", ")), .init(policy.route),
                policy.left.isEmpty
                    ? .init("none", tint: .warning) : .init(policy.left.joined(separator: " → ")),
            ])
        }
        return table
    }
}

extension USD {
    /// Dollars with two decimals, or as many as it has.
    fileprivate var short: String {
        "$" + dollars.formatted(Self.format.precision(.fractionLength(2...9)))
    }

    private static let format = Decimal.FormatStyle(locale: Locale(identifier: "en_US_POSIX")).grouping(.never)
}
