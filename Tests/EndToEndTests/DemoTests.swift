import Bellhop
import EffectReceiver
import Foundation
import Subprocess
import Testing

/// The demo beside a configuration that is meant for a real server.
@Suite(.timeLimit(.minutes(5))) struct DemoTests {
    @Test func `nobody hears of what goes wrong on purpose`() async throws {
        try await Project.withFolder { folder in
            let config = try configuration(in: folder, more: "alerts: { slack_env: SLACK_OF_THE_TEST }")
            try await EffectReceiver.run { channel in
                let outcome = try await Program.run(
                    ["demo", "--config", config.path], environment: ["SLACK_OF_THE_TEST": channel.url])
                #expect(outcome.status == .exited(0), "\(outcome.output) \(outcome.errors)")
                #expect(channel.requests.isEmpty)
            }
        }
    }

    @Test func `what is said about the server's place and its disk is not the demo's matter`() async throws {
        try await Project.withFolder { folder in
            let more = "server: { host: 127.0.0.2 }\ninbox: { min_free_disk: 900000GiB }"
            let outcome = try await Program.run(["demo", "--config", try configuration(in: folder, more: more).path])
            #expect(outcome.status == .exited(0), "\(outcome.output) \(outcome.errors)")
        }
    }

    @Test func `with one model nothing goes wrong on purpose, and there is nothing to compare with`() async throws {
        try await Project.withFolder { folder in
            let config = folder.appending(path: "bellhop.yaml")
            let text = """
                providers: { openrouter: { url: "https://openrouter.ai/api/v1", dialect: openrouter } }
                models: { only: { provider: openrouter, price: { prompt: 1, completion: 2 } } }
                routing: { default: only }
                """
            try Data(text.utf8).write(to: config)
            let outcome = try await Program.run(["demo", "--config", config.path])
            #expect(outcome.status == .exited(0), "\(outcome.output) \(outcome.errors)")
            #expect(!outcome.output.contains("On purpose") && !outcome.output.contains("premium"))
        }
    }

    private func configuration(in folder: URL, more: String) throws -> URL {
        let file = folder.appending(path: "bellhop.yaml")
        let text = try String(contentsOf: Project.root.appending(path: "bellhop.yaml"), encoding: .utf8)
        try Data("\(text)\n\(more)\n".utf8).write(to: file)
        return file
    }
}
