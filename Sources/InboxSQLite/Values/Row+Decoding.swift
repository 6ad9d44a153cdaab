import Bellhop
import GRDB

extension Row {
    /// - Throws: `DamagedRow` when the column holds no value of the type.
    func decode<Value: DatabaseValueConvertible>(_ type: Value.Type = Value.self, forKey column: String) throws -> Value
    {
        guard let stored = self[column] as DatabaseValue?, let value = Value.fromDatabaseValue(stored) else {
            throw DamagedRow(column: column)
        }
        return value
    }

    func decode<Value: DatabaseValueConvertible>(
        _ type: Value?.Type = Value?.self, forKey column: String
    ) throws -> Value? {
        guard let stored = self[column] as DatabaseValue?, !stored.isNull else { return nil }
        return try decode(Value.self, forKey: column)
    }

    func shop() throws -> Shop {
        guard let shop = Shop(domain: try decode(forKey: "shop")) else { throw DamagedRow(column: "shop") }
        return shop
    }
}

/// A row that this program cannot have written.
struct DamagedRow: Error, CustomStringConvertible {
    let column: String

    var description: String { "a stored row has no usable value in the column \(column)" }
}
