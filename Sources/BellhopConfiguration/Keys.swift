/// The keys that a mapping takes: what the readers check by, and what the documentation is held against.
struct Keys: Sendable, ExpressibleByDictionaryLiteral {
    indirect enum Value: Sendable {
        /// Whatever it is, it has no keys of ours.
        case value
        case mapping(Keys)
        /// A mapping whose keys the user chooses; the documentation has a word in capitals for them.
        case named(String, Value)
        case list(Value)
    }

    /// In the order in which a mistake names them.
    private let entries: [(key: String, value: Value)]

    init(dictionaryLiteral entries: (String, Value)...) {
        self.entries = entries
    }

    var names: [String] {
        entries.map(\.key)
    }

    /// The paths of everything that can be written, for example `models.NAME.price.prompt` and `secrets[].id`.
    var paths: [String] {
        entries.flatMap { $0.value.paths(at: $0.key) }
    }
}

extension Keys.Value {
    fileprivate func paths(at path: String) -> [String] {
        switch self {
        case .value: [path]
        case .mapping(let keys): keys.paths.map { "\(path).\($0)" }
        case .named(let placeholder, let value): value.paths(at: "\(path).\(placeholder)")
        case .list(.value): [path]
        case .list(let value): value.paths(at: "\(path)[]")
        }
    }
}

/// Every key of the three kinds of files, by path.
package enum ConfigurationKeys {
    /// Of `bellhop.yaml`.
    package static let settings = SettingsFile.keys.paths
    /// Of a file in `webhooks/`.
    package static let subscription = SubscriptionReader.keys.paths
    /// Of a workload.
    package static let workload = WorkloadReader.keys.paths
}
