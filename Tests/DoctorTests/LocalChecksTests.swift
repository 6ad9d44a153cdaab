import BellhopConfiguration
import Foundation
import ModelClient
import TestSupport
import Testing

@testable import Doctor

/// What can be told without asking anybody: secrets and the data folder.
@Suite struct LocalChecksTests {
    private func settings(_ more: String = "", environment: [String: String] = [:]) throws -> Settings {
        try SettingsFile.read(
            text: """
                providers:
                  router: { url: "https://router.example.com/v1", dialect: openrouter, key_env: ROUTER_KEY }
                  local: { url: "http://127.0.0.1:1/v1" }
                models: { a: { provider: local } }
                routing: { default: a }
                \(more)
                """
        ).withSecrets(of: environment)
    }

    private func secrets(_ more: String = "", environment: [String: String]) throws -> [Finding] {
        try SecretsCheck(settings: settings(more, environment: environment), environment: environment).run()
    }

    @Test func `secrets that are set are named, never shown`() throws {
        let environment = [
            "SHOPIFY_API_SECRET": "hush,old", "ROUTER_KEY": "hush-key", "BELLHOP_ADMIN_TOKEN": "hush-hush-hush-hush",
            "SLACK": "https://hooks.example.com/hush",
            "BELLHOP_STORAGE_KEY": Self.storageKey,
        ]
        let found = try secrets("alerts: { slack_env: SLACK }", environment: environment)
        #expect(found.map(\.status) == [.ok, .ok, .ok, .ok, .ok])
        #expect(
            found.map(\.subject) == [
                "SHOPIFY_API_SECRET", "ROUTER_KEY", "BELLHOP_ADMIN_TOKEN", "BELLHOP_STORAGE_KEY", "SLACK",
            ])
        #expect(found.first?.message == "holds 2 secrets")
        #expect(!"\(found)".contains("hush"))
        #expect(!"\(found)".contains(Self.storageKey))
    }

    static let storageKey = Data(0..<32).base64EncodedString()

    @Test(arguments: [
        ("AAECAwQFBgcICQoLDA0ODw==", "the key has 16 bytes instead of 32"), ("hush!", "the key is not base64"),
        ("\(LocalChecksTests.storageKey),\(LocalChecksTests.storageKey)", "holds the same key twice"),
        ("\(LocalChecksTests.storageKey), hush!", "key 2 of 2 is not base64"),
    ])
    func `a storage key that cannot be used fails, and nothing of it is shown`(text: String, words: String) throws {
        let found = try secrets(environment: ["BELLHOP_STORAGE_KEY": text])
        let finding = try #require(found.first { $0.subject == "BELLHOP_STORAGE_KEY" })
        #expect(finding.status == .fail)
        #expect(finding.message.contains(words))
        #expect(finding.advice?.contains("openssl rand -base64 32") == true)
        #expect(!"\(finding)".contains("hush") && !"\(finding)".contains(Self.storageKey))
    }

    @Test func `the secret of a destination is named, and missing it fails`() throws {
        let more = "destinations: { erp: { url: 'https://erp.example.com/in', secret_env: ERP_SECRET } }"
        for (secret, status) in [("hush", Finding.Status.ok), ("", .fail)] {
            let found = try secrets(more, environment: ["ERP_SECRET": secret])
            let finding = try #require(found.first { $0.subject == "ERP_SECRET" })
            #expect(finding.status == status)
            #expect(finding.message.contains("erp"))
            #expect(!"\(found)".contains("hush"))
        }
    }

    @Test func `a missing secret or key fails, a missing token is a warning`() throws {
        let found = try secrets(environment: ["ROUTER_KEY": ""])
        #expect(found.map(\.status) == [.fail, .fail, .warn, .warn])
        #expect(found.allSatisfy { $0.advice != nil })
    }

    @Test func `the secrets that the file names are looked for`() throws {
        let found = try secrets("secrets: [{ id: one, env: ONE }, { id: two, env: TWO }]", environment: ["TWO": "x"])
        #expect(found.prefix(2).map(\.subject) == ["ONE", "TWO"])
        #expect(found.prefix(2).map(\.status) == [.fail, .ok])
    }

    @Test func `a folder that can be written is well, and nothing is left in it`() throws {
        try TemporaryFolder.with { folder in
            let found = DataFolderCheck(path: folder.path, minFreeDisk: 0).run()
            #expect(found.first?.status == .ok)
            let made = DataFolderCheck(path: folder.appending(path: "a/b").path, minFreeDisk: 0).run()
            #expect(made.first?.message == "will be made")
            // However it is written.
            let crooked = "\(folder.path)/a/..//."
            #expect(DataFolderCheck(path: crooked, minFreeDisk: 0).run().first?.message == "can be written")
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left == [])
        }
    }

    @Test(
        arguments: [
            (99, Finding.Status.fail), (100, .warn), (199, .warn), (200, nil), (nil, nil),
        ] as [(Int?, Finding.Status?)])
    func `room that the door wants to be free is looked for`(free: Int?, verdict: Finding.Status?) {
        #expect(DataFolderCheck(path: "data", minFreeDisk: 100).room(free)?.status == verdict)
    }

    @Test func `a file in its place fails`() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appending(path: "data")
            try Data().write(to: file)
            #expect(DataFolderCheck(path: file.path, minFreeDisk: 0).run().first?.status == .fail)
            #expect(
                DataFolderCheck(path: file.appending(path: "below").path, minFreeDisk: 0).run().first?.status == .fail)
        }
    }

    @Test(arguments: [
        ("ext4", Finding.Status.ok), ("xfs", .ok), ("overlay", .warn), ("tmpfs", .warn), ("nfs4", .fail),
        ("fuse.sshfs", .fail), ("fuseblk", .ok), ("strangefs", .warn), ("", .warn),
    ])
    func `the file system must be local and stay`(name: String, verdict: Finding.Status) {
        let finding = DataFolderCheck(path: "data", minFreeDisk: 0).fileSystem(FileSystemKind(named: name))
        #expect(finding.status == verdict)
        #expect((finding.advice == nil) == (verdict == .ok))
    }

    @Test func `the mount that covers a path is the longest, and of those the last`() {
        let table = MountTable(
            """
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            23 22 0:5 / /data rw shared:2 master:1 - xfs /dev/sdb1 rw
            24 22 0:6 / /data/my\\040shop rw - nfs4 server:/x rw
            25 22 0:7 / /data rw - btrfs /dev/sdc1 rw
            26 22 cut short
            """)
        #expect(table.type(of: "/home") == "ext4")
        #expect(table.type(of: "/data") == "btrfs")
        #expect(table.type(of: "/data/my shop/inbox") == "nfs4")
        #expect(table.type(of: "/database") == "ext4")
        #expect(MountTable("").type(of: "/") == nil)
    }

    @Test(arguments: [("https://openrouter.ai/api/v1", Finding.Status.fail), ("http://127.0.0.1:8099/v1", .warn)])
    func `a provider that wants a key need not have one on this machine`(url: String, status: Finding.Status) throws {
        let settings = try SettingsFile.read(
            text: """
                providers: { router: { url: "\(url)", dialect: openrouter, key_env: ROUTER_KEY } }
                models: { a: { provider: router } }
                routing: { default: a }
                """)
        let found = SecretsCheck(settings: settings, environment: [:]).run()
        #expect(found.first { $0.subject == "ROUTER_KEY" }?.status == status)
    }

    @Test func `what is set but cannot be used is not said to be unset`() throws {
        let settings = try settings(
            "destinations: { erp: { url: https://erp.example.com, secret_env: ERP_SECRET } }", environment: [:])
        let found = SecretsCheck(settings: settings, environment: ["ROUTER_KEY": "a\nb", "ERP_SECRET": "c\td"]).run()
        for variable in ["ROUTER_KEY", "ERP_SECRET"] {
            let findings = found.filter { $0.subject == variable }
            #expect(findings.map(\.status) == [.fail])
            #expect(findings.first?.message.hasPrefix("cannot be used: ") == true, "\(findings)")
        }
    }
}
