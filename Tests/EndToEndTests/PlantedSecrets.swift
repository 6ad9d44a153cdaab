import Bellhop
import EffectReceiver
import Foundation

/// One secret of each kind, and the people in the sample orders.
struct PlantedSecrets: Sendable {
    let providerKey = "sk-or-v1-planted-4c1b77"
    let effectSecret = "planted-secret-for-effects"
    /// Who knows the address may write to the channel.
    let alertToken = "T0PlantedTokenOfTheChannel"
    var environment: [String: String]
    private let words: Set<String>

    /// Whose values are about a person.
    private static let personal: Set = [
        "email", "contact_email", "phone", "first_name", "last_name", "address1", "address2", "browser_ip", "note",
    ]

    init() throws {
        let storageKey = Data(7..<39).base64EncodedString()
        environment = [
            "SHOPIFY_API_SECRET": Program.secret, "BELLHOP_ADMIN_TOKEN": Program.token,
            "BELLHOP_STORAGE_KEY": storageKey, "PROVIDER_KEY": providerKey, "STOCK_SECRET": effectSecret,
        ]
        let folder = Project.root.appending(path: "samples/orders/create")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let people = try files.reduce(into: Set<String>()) { found, file in
            Self.collect(from: try JSONValue(parsing: Data(contentsOf: file)), into: &found)
        }
        guard people.count > 10 else { throw CocoaError(.fileReadCorruptFile) }
        words = people.union([
            Program.secret, Program.token, storageKey, providerKey, effectSecret, alertToken, "example.com",
        ])
    }

    /// Those of the secrets and of the people's data that the text holds.
    func found(in text: String) -> [String] {
        words.filter { text.contains($0) }.sorted()
    }

    private static func collect(from value: JSONValue, into found: inout Set<String>) {
        switch value {
        case .array(let elements): for element in elements { collect(from: element, into: &found) }
        case .object(let members):
            for (name, value) in members {
                if personal.contains(name), let text = value.string, text.count > 3 {
                    // A longer text may be broken up by what quotes it.
                    found.insert(String(text.prefix(24).prefix { !$0.isNewline && $0 != "\"" }))
                }
                collect(from: value, into: &found)
            }
        default: break
        }
    }
}

/// A server's files, with a key, a receiver's secret and a channel's address in the environment.
struct SecretsPlace: Sendable {
    let config: URL
    let webhooks: URL
    private let data: URL
    private let alertsURL: String

    /// - Parameter receiver: is the provider of the models, the destination of effects and the channel for alerts.
    init(_ folder: URL, speakingTo receiver: EffectReceiver) throws {
        config = folder.appending(path: "bellhop.yaml")
        webhooks = folder.appending(path: "webhooks")
        data = folder.appending(path: "data")
        alertsURL = receiver.url
        try FileManager.default.copyItem(at: Project.root.appending(path: "webhooks"), to: webhooks)
        try Data(
            """
            topic: orders/create
            handler: forward-event
            settings: { destination: stock, fields: [id, name] }
            """.utf8
        ).write(to: webhooks.appending(path: "orders-forward.yaml"))
        try Data(
            """
            providers:
              stranger: { url: "\(receiver.url)/v1", dialect: openrouter, key_env: PROVIDER_KEY }
            models: { small: { provider: stranger, price: { prompt: 1, completion: 1 } } }
            routing: { default: small }
            # A handler that is paused would leave its events ready.
            events: { pause_after: 0 }
            retries: { unavailable: { retries: 0 } }
            destinations: { stock: { url: "\(receiver.url)", secret_env: STOCK_SECRET } }
            alerts: { slack_env: ALERTS_URL }

            """.utf8
        ).write(to: config)
    }

    var options: [String] {
        [
            "--config", config.path, "--webhooks", webhooks.path, "--data", data.path, "--port", "0", "--admin-port",
            "0",
        ]
    }

    func serve(
        _ planted: PlantedSecrets, _ body: @escaping @Sendable (Program.Server) async throws -> Void
    ) async throws -> Program.Service {
        try await Program.serve(
            data: data, config: config, variables: variables(planted),
            options: ["--webhooks", webhooks.path, "--log-level", "trace"], body)
    }

    /// The environment of a program that reads these files.
    func variables(_ planted: PlantedSecrets) -> [String: String] {
        ["ALERTS_URL": "\(alertsURL)/\(planted.alertToken)"].merging(planted.environment) { $1 }
    }
}
