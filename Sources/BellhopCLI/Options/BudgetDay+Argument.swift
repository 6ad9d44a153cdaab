public import ArgumentParser
public import ModelClient

extension BudgetDay: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}
