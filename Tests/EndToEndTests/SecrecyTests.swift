import Bellhop
import EffectReceiver
import Foundation
import HTTPCore
import HTTPTransport
import InboxCore
import Subprocess
import Testing

/// Everything that a server is trusted with is planted, and everybody it speaks to says it back: no log line, no error
/// and no answer of the private door may repeat it.
@Suite(.timeLimit(.minutes(10))) struct SecrecyTests {
    @Test(arguments: [200, 400, 401, 503])
    func `no secret and no customer appears in the log or on the private door`(status: Int) async throws {
        try await Project.withFolder { folder in
            let planted = try PlantedSecrets()
            try await EffectReceiver.run(answering: { Self.sayingBack($0, status: status) }) { receiver in
                let place = try SecretsPlace(folder, speakingTo: receiver)
                let served = try await place.serve(planted) { server in
                    let sent = try await Program.run(
                        ["replay", "samples/orders", "--forge", "0.5", "--repeat", "2", "--to", server.webhooks],
                        environment: planted.environment)
                    #expect(sent.status == .exited(0), "\(sent.errors)")
                    // Those that wait or are held have been tried: their errors are written by then. Others may stay
                    // ready for as long as the models refuse.
                    try await server.counts { $0.running == 0 && $0.failed >= 2 }
                    try await server.everyEffectIsTried()
                    for (path, text) in try await server.everythingShown() {
                        #expect(planted.found(in: text) == [], "\(path)")
                    }
                }
                // The test has reached what could leak: a forgery, the models, the receiver and the channel for alerts.
                #expect(served.log.contains { $0.contains("signature_wrong") })
                #expect(receiver.posts.contains { $0.headers["authorization"]?.contains(planted.providerKey) == true })
                #expect(try receiver.posts.contains { try $0.isSigned(with: planted.effectSecret) })
                if status == 401 { #expect(receiver.posts.contains { $0.path.hasSuffix(planted.alertToken) }) }
                for line in served.log { #expect(planted.found(in: line) == [], "\(line)") }
            }
        }
    }

    @Test func `no secret appears in what the doctor finds`() async throws {
        try await Project.withFolder { folder in
            let planted = try PlantedSecrets()
            try await EffectReceiver.run(answering: { Self.sayingBack($0, status: 401) }) { receiver in
                let place = try SecretsPlace(folder, speakingTo: receiver)
                let outcome = try await Program.run(
                    ["doctor", "--config", place.config.path, "--webhooks", place.webhooks.path],
                    environment: place.variables(planted))
                #expect(receiver.requests.contains { $0.path.hasSuffix("/models") })
                #expect(planted.found(in: outcome.output + outcome.errors) == [])
            }
        }
    }

    @Test(arguments: [
        ("BELLHOP_STORAGE_KEY", "hush-hush"), ("BELLHOP_ADMIN_TOKEN", "hush"), ("ALERTS_URL", "hush-hush"),
        ("ALERTS_URL", "http://hush-hush.example.com/T0"),
    ])
    func `a secret that cannot be used is named by its variable alone`(variable: String, value: String) async throws {
        try await Project.withFolder { folder in
            var planted = try PlantedSecrets()
            planted.environment[variable] = value
            try await EffectReceiver.run { [planted] receiver in
                let place = try SecretsPlace(folder, speakingTo: receiver)
                let outcome = try await Program.run(
                    ["serve"] + place.options, environment: place.variables(planted))
                #expect(outcome.status == .exited(1))
                #expect(outcome.errors.contains(variable))
                #expect(!(outcome.output + outcome.errors).contains("hush"), "\(outcome.errors)")
            }
        }
    }

    /// An error of the other side's that quotes what it was sent.
    private static func sayingBack(_ request: ReceivedRequest, status: Int) -> ReceiverAnswer {
        let words = "\(request.path) \(request.headers) " + String(decoding: request.body, as: UTF8.self)
        let error: JSONValue = ["error": ["code": .integer(Int64(status)), "message": .string(words)]]
        let body = (try? error.canonicalData()).map { String(decoding: $0, as: UTF8.self) }
        return ReceiverAnswer(status, headers: ["x-quoted": "quoted"], body: body ?? words)
    }
}

extension InboxCounts {
    /// Jobs that were run, in vain so far.
    fileprivate var failed: Int { waiting + jobs[.held, default: 0] + jobs[.dead, default: 0] }
}

extension Program.Server {
    /// Returns once each effect has been sent, and answered, at least once.
    fileprivate func everyEffectIsTried() async throws {
        while true {
            let effects = try JSONValue(parsing: Data(try await shown("effects?limit=1000").utf8))["effects"]?.elements
            if let effects, !effects.isEmpty,
                effects.allSatisfy({ $0["state"] != "sending" && $0["attempts"] != 0 })
            {
                return
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// What the private door answers, by path.
    fileprivate func everythingShown() async throws -> [String: String] {
        var all: [String: String] = [:]
        for path in ["health", "refusals", "counts", "handlers", "dead", "costs", "privacy", "effects", "events"] {
            all[path] = try await shown(path)
        }
        let events = try JSONValue(parsing: Data((all["events"] ?? "").utf8))["events"]?.elements ?? []
        #expect(!events.isEmpty)
        for id in Set(events.compactMap { $0["delivery_id"]?.string }) {
            all["events/\(id)"] = try await shown("events/\(id)")
        }
        let effects = try JSONValue(parsing: Data((all["effects"] ?? "").utf8))["effects"]?.elements ?? []
        for key in effects.compactMap({ $0["key"]?.string }) {
            all["effects/\(key)"] = try await shown("effects/\(key)")
        }
        return all
    }

    private func shown(_ path: String) async throws -> String {
        let response = try await withTransport { transport in
            try await transport.send(
                TransportRequest(
                    .get, url: "\(admin)/api/\(path)", headers: [("Authorization", "Bearer \(Program.token)")]))
        }
        #expect(response.status == 200, "\(path)")
        return String(decoding: response.body, as: UTF8.self)
    }
}
