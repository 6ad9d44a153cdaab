import Bellhop
import InboxCore

extension Registration {
    /// The part `[webhooks]` of the app's `shopify.app.toml`, with comments on the access that the topics need.
    ///
    /// Source of its form: https://shopify.dev/docs/apps/build/webhooks/subscribe
    ///
    /// - Parameters:
    ///   - uri: where Shopify posts to: an `https` address, or a path below the app's own.
    ///   - apiVersion: the version whose form the bodies have, for example `2026-10`.
    package func toml(uri: String, apiVersion: String) -> String {
        var blocks = [
            (accessComments + ["[webhooks]", "api_version = \(Self.quoted(apiVersion))"]).joined(separator: "\n")
        ]
        blocks += entries.map { entry in
            var lines = ["topics = \(Self.list([entry.topic.rawValue]))"]
            if let filter = entry.filter { lines.append("filter = \(Self.quoted(filter))") }
            if !entry.includeFields.isEmpty { lines.append("include_fields = \(Self.list(entry.includeFields))") }
            return Self.block(lines, uri: uri)
        }
        blocks.append(Self.block(["topics = \(Self.list([Topic.uninstallation.rawValue]))"], uri: uri))
        let compliance = Topic.obliged.subtracting([.uninstallation]).map(\.rawValue).sorted()
        blocks.append(Self.block(["compliance_topics = \(Self.list(compliance))"], uri: uri))
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private static func block(_ lines: [String], uri: String) -> String {
        (["[[webhooks.subscriptions]]"] + lines + ["uri = \(quoted(uri))"]).joined(separator: "\n")
    }

    /// On one line, or on one line each when there are many.
    private static func list(_ texts: [String]) -> String {
        let quoted = texts.map(quoted)
        let line = "[\(quoted.joined(separator: ", "))]"
        return line.count <= 100 ? line : "[\n" + quoted.map { "  \($0),\n" }.joined() + "]"
    }

    /// A basic string of TOML.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                "\\u" + String(repeating: "0", count: scalar.value < 0x10 ? 3 : 2) + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
