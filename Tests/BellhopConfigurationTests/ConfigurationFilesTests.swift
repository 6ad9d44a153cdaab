import BellhopConfiguration
import Foundation
import ModelClient
import TestSupport
import Testing

/// What changed between two readings of the files.
@Suite struct ConfigurationFilesTests {
    private func write(_ text: String, _ name: String, in folder: URL) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    private func read(_ folder: URL) -> ConfigurationFiles {
        ConfigurationFiles(
            config: folder.appending(path: "bellhop.yaml"), webhooks: folder.appending(path: "webhooks"))
    }

    @Test func `changes are named by file and key, without their values`() throws {
        try TemporaryFolder.with { folder in
            try write(Sample.text + "server: { port: 1 }", "bellhop.yaml", in: folder)
            try write("topic: orders/create\nhandler: a\nsettings: { x: 1, y: 2 }", "webhooks/a.yaml", in: folder)
            try write("topic: orders/create\nhandler: b", "webhooks/b.yaml", in: folder)
            let before = read(folder)
            try write(
                Sample.text.replacing("prompt: 3", with: "prompt: 4") + "premium_model: large", "bellhop.yaml",
                in: folder)
            try write("topic: orders/create\nhandler: a\nsettings: { y: 3, x: 1 }", "webhooks/a.yaml", in: folder)
            try FileManager.default.removeItem(at: folder.appending(path: "webhooks/b.yaml"))
            try write("topic: refunds/create\nhandler: c", "webhooks/c.yml", in: folder)
            #expect(
                try read(folder).changes(since: before) == [
                    "bellhop.yaml: models.large.price.prompt", "bellhop.yaml: premium_model (added)",
                    "bellhop.yaml: server (removed)", "a.yaml: settings.y", "c.yml: added", "b.yaml: removed",
                ])
        }
    }

    @Test func `a comment and another order are no change`() throws {
        try TemporaryFolder.with { folder in
            try write("a: 1\nb: 2\n", "bellhop.yaml", in: folder)
            let before = read(folder)
            try write("# Why.\nb: 2\na: 1\n", "bellhop.yaml", in: folder)
            let after = read(folder)
            #expect(after != before)
            #expect(try after.changes(since: before) == [])
        }
    }

    @Test func `no more than fifty changes are named`() throws {
        try TemporaryFolder.with { folder in
            try write("a: 1\n", "bellhop.yaml", in: folder)
            let before = read(folder)
            try write((1...60).map { "k\($0): 1\n" }.joined(), "bellhop.yaml", in: folder)
            let changes = try read(folder).changes(since: before)
            #expect(changes.count == 51)
            #expect(changes.last == "and 11 more")
        }
    }

    @Test func `a file that is not there is told when it is read`() throws {
        try TemporaryFolder.with { folder in
            let files = read(folder)
            #expect(throws: ConfigurationError.self) { try files.settings(environment: [:]) }
            #expect(throws: ConfigurationError.self) { try files.subscriptions() }
        }
    }

    @Test func `stamps change with what is written, renamed and added`() throws {
        try TemporaryFolder.with { folder in
            let config = folder.appending(path: "bellhop.yaml")
            let webhooks = folder.appending(path: "webhooks")
            func stamps() -> FileStamps { FileStamps(config: config, webhooks: webhooks) }
            try write("a: 1", "bellhop.yaml", in: folder)
            let first = stamps()
            #expect(stamps() == first)
            try write("a: 12", "bellhop.yaml", in: folder)
            let second = stamps()
            #expect(second != first)
            // As an editor does it: another file of the same size and time takes the name.
            let time = try #require(try FileManager.default.attributesOfItem(atPath: config.path)[.modificationDate])
            try write("a: 34", "other", in: folder)
            try FileManager.default.setAttributes(
                [.modificationDate: time], ofItemAtPath: folder.appending(path: "other").path)
            try FileManager.default.removeItem(at: config)
            try FileManager.default.moveItem(at: folder.appending(path: "other"), to: config)
            let third = stamps()
            #expect(third != second)
            try write("x: 1", "webhooks/a.yaml", in: folder)
            #expect(stamps() != third)
        }
    }

    /// The doctor goes on in spite of mistakes.
    @Test func `what can be used holds no key that would go in clear`() throws {
        let text = """
            providers:
              far: { url: "http://gpu.example.com/v1", key_env: K }
              near: { url: "http://127.0.0.1:1/v1", key_env: K }
            models: { a: { provider: far }, b: { provider: near } }
            routing: { default: a }
            """
        try TemporaryFolder.with(["bellhop.yaml": text]) { folder in
            let files = ConfigurationFiles(
                config: folder.appending(path: "bellhop.yaml"), webhooks: folder.appending(path: "webhooks"))
            let usable = files.whatCanBeUsed(environment: ["K": "hush"])
            #expect(usable.settings?.models.providers.map(\.apiKey) == [nil, Secret("hush")])
            #expect(!usable.mistakes.isEmpty && !"\(usable.mistakes)".contains("hush"))
        }
    }
}
