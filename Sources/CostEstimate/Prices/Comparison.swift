package import ModelClient
import Vocabulary

/// One model for everything against the routing matrix, at the prices of the configuration.
package struct Comparison: Sendable {
    package var single: PricedModel
    package var rows: [Row]

    package struct Row: Sendable {
        package var work: Work
        /// The model that the matrix asks first.
        package var model: PricedModel
        package var perDay: Amounts
    }

    /// The sum of the rows.
    package var perDay: Amounts {
        rows.map(\.perDay).total()
    }

    /// - Parameter single: the name or alias of the one model; `nil` for the configuration's premium model.
    /// - Throws: ``EstimateError`` when a model is not there or has no price.
    package init(
        of work: [Work], single name: String?, in configuration: ModelClientConfiguration
    ) throws(EstimateError) {
        guard let name = name ?? configuration.premiumModel else { throw .noSingleModel }
        let single = try configuration.pricedModel(named: name)
        self.single = single
        var rows: [Row] = []
        for work in work {
            let model = try configuration.pricedModel(named: configuration.routing.model(for: work.routing))
            rows.append(
                Row(
                    work: work, model: model,
                    perDay: Amounts(single: work.perDay(on: single), routed: work.perDay(on: model))))
        }
        self.rows = rows
    }
}

extension ModelClientConfiguration {
    fileprivate func pricedModel(named name: String) throws(EstimateError) -> PricedModel {
        guard let model = model(named: name) else {
            throw .unknownModel(name, advice: NearestName(names: models.map(\.name) + aliases.keys).advice(for: name))
        }
        guard let prompt = model.promptPrice, let completion = model.completionPrice else {
            throw .withoutPrice(model.name)
        }
        return PricedModel(name: model.name, prompt: prompt, completion: completion)
    }
}
