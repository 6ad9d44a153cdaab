import Bellhop
import Foundation
package import ModelClient
package import Vocabulary

/// What a configuration resolves to: who is asked for what, in order, at which price and within which bounds.
package struct RoutingOverview: Sendable, Encodable {
    package var routes: [Route]
    /// Subscriptions whose questions go a way of their own.
    package var overrides: [Override] = []
    /// The longest time for calls for whose answer somebody waits, in seconds; `nil` when they go by the matrix.
    package var latencyDeadline: Double?
    /// What is asked once a daily amount is spent.
    package var emergencyModels: [PricedModel]
    package var policies: [Policy]
    package var budgets: [BudgetRow]
    /// In which the budgets' day begins.
    package var timeZone: String
    /// Per cent of a daily amount at which the alert is given.
    package var alertAt: Int
    /// What can be used but is probably not meant.
    package var warnings: [String]

    /// A kind of work and its chain.
    package struct Route: Sendable, Encodable {
        /// `any` when the class does not matter.
        package var routingClass: String
        package var task: String
        package var complexity: String
        package var isLatencyCritical: Bool
        package var chain: [PricedModel]
    }

    /// A subscription that names a model to ask first, or narrows who may see its data.
    package struct Override: Sendable, Encodable {
        package var file: String
        package var topic: String
        package var handler: String
        /// The model to ask first; `nil` when the matrix chooses it.
        package var model: String?
        /// What the subscription's data policy asks for, in words.
        package var asks: [String]
        /// The models that its questions come to, in order; those of the handler's own class and task.
        package var chain: [PricedModel]
    }

    package struct PricedModel: Sendable, Hashable, Encodable {
        package var model: String
        package var provider: String
        /// Dollars per million tokens, exact; `nil` when not known.
        package var prompt: String?
        package var completion: String?
    }

    /// A data policy that takes models out of a chain.
    package struct Policy: Sendable, Encodable {
        /// Whose data, for example `task fraud_detection` or `every call`.
        package var subject: String
        /// What it asks for, in words.
        package var asks: [String]
        package var route: String
        /// The models that may still be asked.
        package var left: [String]
    }

    package struct BudgetRow: Sendable, Encodable {
        package var scope: String
        package var daily: USD
        package var ceiling: USD
        /// What the daily amount costs with the fee for credit.
        package var withFee: USD

        private enum CodingKeys: String, CodingKey {
            case scope
            case daily = "dailyNanos"
            case ceiling = "ceilingNanos"
            case withFee = "withFeeNanos"
        }
    }
}

extension RoutingOverview {
    package init(_ settings: Settings) {
        let models = settings.models
        routes = models.plannedRoutes.map { route in
            Route(
                routingClass: route.routingClass?.rawValue ?? "any",
                task: route.task?.rawValue ?? (route.isLatencyCritical ? "any" : "any other"),
                complexity: route.complexity.rawValue, isLatencyCritical: route.isLatencyCritical,
                chain: route.chain.map(PricedModel.init))
        }
        latencyDeadline = models.latency.models.isEmpty ? nil : models.latency.deadline / .seconds(1)
        emergencyModels = models.budgets.emergencyModels.compactMap(models.model(named:)).map(PricedModel.init)
        policies = models.policyCuts.map { cut in
            Policy(
                subject: "\(cut.subject)", asks: cut.policy.demands, route: "\(cut.route)", left: cut.left.map(\.name))
        }
        budgets = models.budgets.budgets.map { budget in
            BudgetRow(
                scope: "\(budget.scope)", daily: budget.daily, ceiling: budget.ceiling,
                withFee: models.budgets.withFee(budget.daily))
        }
        timeZone = models.budgets.timeZone
        alertAt = models.budgets.alertAt
        warnings = settings.warnings.map(\.description)
    }
}

extension RoutingOverview.Override {
    /// - Parameter chain: what the subscription's questions come to, in order.
    package init(_ subscription: Subscription, chain: [Model]) {
        self.init(
            file: subscription.file, topic: subscription.topic.rawValue, handler: subscription.handler,
            model: subscription.model, asks: subscription.dataPolicy.demands,
            chain: chain.map(RoutingOverview.PricedModel.init))
    }
}

extension RoutingOverview.PricedModel {
    init(_ model: Model) {
        self.init(
            model: model.name, provider: model.provider, prompt: model.promptPrice?.dollarsPerMillion.description,
            completion: model.completionPrice?.dollarsPerMillion.description)
    }
}

extension DataPolicy {
    /// What it asks of a server, in words; empty for an open policy.
    fileprivate var demands: [String] {
        let place = regions.map {
            $0.isEmpty ? "in no region at all" : "only in \($0.sorted().joined(separator: ", "))"
        }
        return [place, noTraining ? "no training" : nil, zeroRetention ? "zero retention" : nil].compactMap { $0 }
    }
}
