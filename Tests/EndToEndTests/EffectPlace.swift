import Bellhop
import EffectReceiver
import Foundation
import HTTPCore
import HTTPTransport
import Testing

/// A server whose new orders go to a receiver.
struct EffectPlace {
    static let secret = "a-secret-for-effects"

    private let folder: URL

    init(_ folder: URL, receiver: EffectReceiver, repetition: String) throws {
        self.folder = folder
        let askURL = repetition == "askable" ? receiver.askURL : nil
        try write(url: receiver.url, repetition: repetition, askURL: askURL)
        let webhooks = folder.appending(path: "webhooks")
        try FileManager.default.createDirectory(at: webhooks, withIntermediateDirectories: true)
        try Data(
            """
            topic: orders/create
            handler: forward-event
            settings: { destination: stock, fields: [id, name] }
            """.utf8
        ).write(to: webhooks.appending(path: "orders.yaml"))
    }

    /// Writes where the destination is.
    func write(url: String, repetition: String = "idempotent", askURL: String? = nil) throws {
        try Data(
            """
            providers: { local: { url: "http://127.0.0.1:1/v1" } }
            models: { small: { provider: local } }
            routing: { default: small }
            destinations:
              stock:
                url: \(url)
                secret_env: STOCK_SECRET
                repetition: \(repetition)
                \(askURL.map { "ask_url: \"\($0)\"" } ?? "")
            """.utf8
        ).write(to: folder.appending(path: "bellhop.yaml"))
    }

    func serve(_ body: @escaping @Sendable (Program.Server) async throws -> Void) async throws {
        try await Program.serve(
            data: folder.appending(path: "data"), config: folder.appending(path: "bellhop.yaml"),
            variables: ["STOCK_SECRET": Self.secret],
            options: ["--webhooks", folder.appending(path: "webhooks").path], body)
    }
}

extension Program.Server {
    /// Delivers an order, which must be acknowledged.
    func deliver() async throws {
        try await withTransport { transport in
            let sender = try Sender(sample: "samples/orders/create", transport: transport)
            #expect(await sender.deliver(to: webhooks) != nil)
        }
    }

    /// Waits until the only effect is in one of these states; the suite's time limit is the deadline.
    func effect(in states: Set<String>) async throws -> JSONValue {
        try await withTransport { transport in
            let request = TransportRequest(
                .get, url: "\(admin)/api/effects", headers: [("Authorization", "Bearer \(Program.token)")])
            while true {
                let response = try await transport.send(request)
                let effects = try JSONValue(parsing: response.body)["effects"]?.elements ?? []
                if let effect = effects.first, states.contains(effect["state"]?.string ?? "") {
                    #expect(effects.count == 1)
                    return effect
                }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Runs a command of `bellhop` that talks to this server.
    func run(_ arguments: [String]) async throws -> Program.Outcome {
        try await Program.run(
            arguments + ["--admin", admin], environment: ["BELLHOP_ADMIN_TOKEN": Program.token])
    }
}
