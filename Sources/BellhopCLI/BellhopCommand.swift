import ArgumentParser
import Foundation

@main
struct BellhopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bellhop",
        abstract: "Takes in Shopify webhooks and has each one carried to its handler.",
        discussion: """
            Start with `bellhop demo`: it runs everything on this machine, with no key and no network.
            """,
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, ServeCommand.self, ReplayCommand.self, StandInCommand.self, EventsCommand.self,
            EffectsCommand.self, RoutesCommand.self, RefusalsCommand.self, DoctorCommand.self, ReloadCommand.self,
            HandlersCommand.self, CostsCommand.self, PrivacyCommand.self, WebhooksCommand.self,
        ])

    static func main() async {
        // A peer that closes its connection must not end the process.
        signal(SIGPIPE, SIG_IGN)
        await main(nil)
    }
}
