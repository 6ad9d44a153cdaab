import ArgumentParser
import BellhopConfiguration
import BellhopServer
import Console
import Cryptography
import Foundation
import Handlers
import Listener
import Logging
import ModelClient
import ServiceLifecycle
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the server.",
        discussion: """
            Takes deliveries at POST /webhooks, keeps them in the data folder and runs \
            the handlers that webhooks/ names.

            SHOPIFY_API_SECRET: the app's client secret; several during a rotation, newest first, with commas.
            OPENROUTER_API_KEY: the provider's key, as key_env in bellhop.yaml names it.
            BELLHOP_ADMIN_TOKEN: opens the admin API on 127.0.0.1, which `bellhop events` uses; \
            without it that API stays shut.
            BELLHOP_STORAGE_KEY: seals what customers and models wrote in the data folder; 32 bytes in base64, several \
            during a rotation, newest first, with commas.

            Changes of the configuration are taken up while it runs, within two seconds, after `bellhop reload` or \
            SIGHUP; one with a mistake is refused whole.

            While the disk is full, may not be written to or reports errors, and while another bellhop has the data \
            folder, it says so and tries again every second; until then nothing listens on its ports.
            """)

    @OptionGroup var setup: SetupOptions
    @OptionGroup var log: LogOptions

    @Option(help: "The address the public door binds.")
    var host: String?

    @Option(help: "The port of the public door; 0 takes a free one.")
    var port: Int?

    @Option(help: "The port of the private door, always on 127.0.0.1; 0 takes a free one.")
    var adminPort: Int?

    @Option(help: ArgumentHelp("The folder where events are kept.", valueName: "folder"))
    var data: String?

    func validate() throws {
        for port in [port, adminPort].compactMap({ $0 }) where !(0...65535).contains(port) {
            throw ValidationError("A port is a number from 0 to 65535.")
        }
    }

    func run() async throws {
        let files = SetupFiles(
            config: setup.configURL, webhooks: setup.webhooksURL, environment: setup.environment, override: overrides)
        let read = await files.read()
        let (settings, subscriptions) = try read.all(settings: files.settings)

        // Until there is something to reload; it would end a server that waits for its storage.
        signal(SIGHUP, SIG_IGN)
        OpenFiles.raiseLimit()
        Heap.giveBackEarly()
        let logger = log.logger("bellhop", otherwise: .info)
        let environment = setup.environment
        let token = try AdminToken.text(in: environment)
        if token == nil {
            logger.notice("BELLHOP_ADMIN_TOKEN is not set: the private door stays shut")
        }
        for provider in settings.models.providers where provider.apiKey == nil {
            logger.notice(
                "no key: set the variable that key_env names in bellhop.yaml, if this provider wants one",
                metadata: ["provider": "\(provider.name)"])
        }
        let host = settings.server.host
        let options = Server.Options(
            settings: settings, subscriptions: subscriptions, handlers: BuiltInHandlers.all,
            secrets: try SenderSecret.load(settings.secrets, environment: environment),
            storageKeys: try StorageKeys(environment: environment), adminToken: token,
            source: .init(files, read: read), waitsForStorage: true)
        let start = ServerStart {
            try await Server.open(options, logger: logger) { ports in
                logger.info(
                    "ready",
                    metadata: [
                        "webhooks": "http://\(host):\(ports.webhooks)/webhooks",
                        "admin": "\(ports.admin.map { "http://127.0.0.1:\($0)" } ?? "shut")",
                    ])
            }
        }
        let services = ServiceGroup(
            services: [start], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await services.run()
        logger.info("stopped")
    }

    /// What the command line says in place of the file.
    private var overrides: @Sendable (inout Settings) -> Void {
        let (host, port, adminPort, data) = (host, port, adminPort, data)
        return { settings in
            if let host { settings.server.host = host }
            if let port { settings.server.port = port }
            if let adminPort { settings.server.adminPort = adminPort }
            if let data { settings.server.dataFolder = data }
        }
    }
}
