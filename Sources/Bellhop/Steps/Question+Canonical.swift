package import Foundation

extension Question {
    /// What makes it the same question when it is asked again: the same bytes for the same instructions, data, schema
    /// and task. Models, prices and the form of a request are no part of it.
    ///
    /// - Parameter task: the task that the question is routed by.
    /// - Throws: `EncodingError` for a number that JSON cannot hold.
    package func canonicalData(task: TaskType) throws -> Data {
        try JSONValue.object([
            "instructions": .string(instructions),
            // As pairs, because labels have an order.
            "data": .array(data.entries.map { .array([.string($0.label), $0.value]) }),
            "schema": schema.json,
            "task": .string(task.rawValue),
        ]).canonicalData()
    }
}
