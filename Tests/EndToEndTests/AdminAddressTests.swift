import Bellhop
import Foundation
import Subprocess
import Testing

/// Where commands look for the private door when `--admin` is not given.
@Suite(.timeLimit(.minutes(5))) struct AdminAddressTests {
    @Test func `the port is the one of bellhop yaml in the current folder`() async throws {
        try await Project.withFolder { folder in
            try await Program.serve(data: folder.appending(path: "data")) { server in
                let port = try #require(URL(string: server.admin)?.port)
                // A variable that only the server has, and a mistake that it did not have when it was started.
                let text = "server: { admin_port: \(port) }\nalerts: { slack_env: NOT_SET_HERE }\nmodls: {}\n"
                try Data(text.utf8).write(to: folder.appending(path: "bellhop.yaml"))
                let outcome = try await Program.run(
                    ["events", "list", "--json"], in: folder,
                    environment: ["BELLHOP_ADMIN_TOKEN": Program.token, "BELLHOP_ADMIN_URL": ""])
                #expect(outcome.status == .exited(0), "\(outcome.errors)")
                #expect(try JSONValue(parsing: outcome.json) == [])
            }
        }
    }

    @Test func `the variable goes before the file, and the option before the variable`() async throws {
        try await Project.withFolder { folder in
            try Data("server: { admin_port: 3 }\n".utf8).write(to: folder.appending(path: "bellhop.yaml"))
            for (options, variable, asked) in [
                ([], "", "http://127.0.0.1:3"),
                ([], "http://127.0.0.1:2", "http://127.0.0.1:2"),
                (["--admin", "http://127.0.0.1:1"], "http://127.0.0.1:2", "http://127.0.0.1:1"),
            ] {
                let outcome = try await Program.run(
                    ["events", "list"] + options, in: folder,
                    environment: ["BELLHOP_ADMIN_TOKEN": "x", "BELLHOP_ADMIN_URL": variable])
                #expect(outcome.status == .exited(1))
                #expect(outcome.errors.contains("no server answers at \(asked);"), "\(outcome.errors)")
                #expect(outcome.errors.contains("--admin"))
            }
        }
    }

    @Test(arguments: [
        ("http://192.0.2.1:8081", "in clear"), ("localhost:9", "is none"),
        ("http://someone:hunter2@127.0.0.1:8081", "is none"),
    ])
    func `the token goes nowhere where others can read it`(address: String, reason: String) async throws {
        let outcome = try await Program.run(
            ["events", "list", "--admin", address], environment: ["BELLHOP_ADMIN_TOKEN": Program.token])
        #expect(outcome.status == .exited(1))
        #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        #expect(!outcome.errors.contains("hunter2"))
    }
}
