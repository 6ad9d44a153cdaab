import ArgumentParser
import Console
import ModelClient

/// What costs are added up by, in words with commas.
struct CostGrouping: ExpressibleByArgument {
    var dimensions: [CostQuery.Dimension]

    init(dimensions: [CostQuery.Dimension]) {
        self.dimensions = dimensions
    }

    init?(argument: String) {
        guard let dimensions = try? CostQuery.Dimension.list(argument) else { return nil }
        self.dimensions = dimensions
    }

    var defaultValueDescription: String {
        dimensions.map(\.word).joined(separator: ",")
    }
}
