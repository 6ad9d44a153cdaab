import ArgumentParser
import BellhopConfiguration
import Foundation

struct WebhooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks",
        abstract: "Show what the shop's app has to declare so that the webhooks arrive.",
        subcommands: [TOMLCommand.self])

    struct TOMLCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "toml",
            abstract: "Print the [webhooks] part of shopify.app.toml for the subscriptions in webhooks/.",
            discussion: """
                Filters and fields are those of the files, so what no file of a topic names stays at Shopify; a file \
                without include_fields asks for the whole body, which a line on stderr says. The privacy topics and \
                app/uninstalled, which Bellhop answers itself, are always among them. \
                Comments say which access scopes the topics need, and which of them are protected customer data. Put the output into the app's \
                shopify.app.toml, then run `shopify app deploy`.
                """)

        @Option(
            help: ArgumentHelp(
                "Where Shopify posts to: an https address, or a path below the app's own.", valueName: "uri"))
        var uri: String

        @Option(help: ArgumentHelp("The API version whose form the bodies have.", valueName: "version"))
        var apiVersion = "2026-10"

        @Option(help: ArgumentHelp("The folder of subscriptions, one YAML file each.", valueName: "folder"))
        var webhooks = "webhooks"

        func validate() throws {
            guard uri.hasPrefix("/") || URL(string: uri)?.scheme == "https", URL(string: uri)?.path.isEmpty == false
            else {
                throw ValidationError(
                    "--uri takes an https address with a path, or a path: https://example.com/webhooks")
            }
        }

        func run() async throws {
            let folder = URL(fileURLWithPath: webhooks, isDirectory: true)
            let registration = Registration(try SubscriptionReader.read(folder: folder))
            for note in registration.notes { FileHandle.standardError.write(Data("\(note)\n".utf8)) }
            print(registration.toml(uri: uri, apiVersion: apiVersion), terminator: "")
        }
    }
}
