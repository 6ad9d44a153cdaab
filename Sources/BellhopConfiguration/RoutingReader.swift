import ModelClient
import Vocabulary

/// Reads `routing`.
enum RoutingReader {
    static let keys: Keys = [
        "default": .value, "classes": .named("CLASS", .value), "tasks": .named("TASK", .value),
        "high_complexity": .named("TASK", .value),
    ]

    static func read(_ map: YAMLMapping) throws -> RoutingMatrix {
        try map.check(keys)
        var matrix = RoutingMatrix(defaultModel: try map.required("default").text())
        for (name, model) in try map["classes"]?.mapping().values ?? [] {
            guard let routingClass = RoutingClass(rawValue: name) else {
                throw model.mistake(
                    "is not a routing class; use one of: "
                        + RoutingClass.allCases.map(\.rawValue).joined(separator: ", "))
            }
            matrix.classes[routingClass] = try model.text()
        }
        matrix.tasks = try tasks(map["tasks"])
        matrix.lifts = try tasks(map["high_complexity"])
        return matrix
    }

    private static func tasks(_ value: YAMLValue?) throws -> [TaskType: String] {
        let pairs =
            try value?.mapping().values.map { name, model in
                (TaskType(rawValue: try model.word(name, "a task")), try model.text())
            } ?? []
        return Dictionary(pairs, uniquingKeysWith: { _, last in last })
    }
}
