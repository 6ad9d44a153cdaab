import Hummingbird
import ModelClient

extension CostQuery {
    /// Reads `from` and `to`, all days when they are missing or empty, and `by`, which is `model` then.
    ///
    /// - Throws: ``ConsoleError`` for a value that cannot be meant.
    init(query: Parameters) throws {
        func value(_ name: Substring) -> String? {
            query[name].map(String.init).flatMap { $0.isEmpty ? nil : $0 }
        }
        let from = try value("from").map { try Self.day($0, "from") } ?? BudgetDay(number: 0)
        let to = try value("to").map { try Self.day($0, "to") } ?? BudgetDay(number: 9999_12_31)
        guard from <= to else {
            throw ConsoleError(.badRequest, "invalid_days", "from must not be later than to; exchange them")
        }
        self.init(days: from...to, groups: try value("by").map(Self.dimensions) ?? [.model])
    }

    private static func day(_ text: String, _ name: String) throws -> BudgetDay {
        guard let day = BudgetDay(text) else {
            throw ConsoleError(.badRequest, "invalid_day", "\(name) must be a day such as 2026-11-24")
        }
        return day
    }

    private static func dimensions(_ text: String) throws -> [Dimension] {
        do {
            return try Dimension.list(text)
        } catch {
            throw ConsoleError(.badRequest, "unknown_dimension", "by is not understood: \(error)")
        }
    }
}
