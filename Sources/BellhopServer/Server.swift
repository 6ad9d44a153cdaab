package import Bellhop
package import BellhopConfiguration
import Console
package import Cryptography
import Foundation
import HTTPCore
import HTTPTransport
package import InboxCore
import InboxSQLite
package import Listener
package import Logging
import ModelClient
import Privacy
import ServiceLifecycle
import Workers

/// The whole of Bellhop, wired: inbox, transport, workers, effects and the two doors.
///
/// This is the one place where the parts meet. The services start together and stop one after another: the public door
/// first, so that nothing new comes in, then the private door, the workers, the delivery of effects, the transport, and
/// the inbox last. The workers take nothing more from the first moment on, while the doors still close.
package struct Server: Service {
    package struct Options: Sendable {
        package var settings: Settings
        package var subscriptions: [Subscription]
        package var handlers: [any WebhookHandler.Type]
        package var secrets: [SenderSecret]
        /// What customers and models wrote is sealed with the newest of them.
        package var storageKeys: StorageKeys
        /// The token of the private door; `nil` leaves that door shut.
        package var adminToken: String?
        /// Where settings and subscriptions were read from, to be read again; `nil` keeps them to the end.
        package var source: Source?
        /// Whether effects are delivered, or only planned.
        package var deliversEffects: Bool
        /// Whether opening waits for storage that may be usable soon; else that is an error like any other.
        package var waitsForStorage: Bool

        package struct Source: Sendable {
            package var files: SetupFiles
            /// What was read.
            package var read: ConfigurationFiles

            package init(_ files: SetupFiles, read: ConfigurationFiles) {
                self.files = files
                self.read = read
            }
        }

        package init(
            settings: Settings, subscriptions: [Subscription], handlers: [any WebhookHandler.Type],
            secrets: [SenderSecret], storageKeys: StorageKeys = .none, adminToken: String?, source: Source? = nil,
            deliversEffects: Bool = true, waitsForStorage: Bool = false
        ) {
            self.settings = settings
            self.subscriptions = subscriptions
            self.handlers = handlers
            self.secrets = secrets
            self.storageKeys = storageKeys
            self.adminToken = adminToken
            self.source = source
            self.deliversEffects = deliversEffects
            self.waitsForStorage = waitsForStorage
        }
    }

    /// The ports the doors listen on.
    package struct Ports: Sendable, Hashable {
        package var webhooks: Int
        package var admin: Int?
    }

    package let inbox: any Inbox
    private let services: [any Service]
    private let logger: Logger

    /// Opens the inbox and wires the parts; nothing runs yet.
    ///
    /// - Parameter onReady: called once when both doors are open.
    /// - Throws: `ConfigurationError`, `InboxError` when the data folder cannot be used, or `CancellationError` when it
    ///   waits for that and is told to stop.
    package static func open(
        _ options: Options, logger: Logger, onReady: @escaping @Sendable (Ports) async -> Void
    ) async throws -> Server {
        let settings = options.settings
        let checked = try Setup.Checked(
            settings: settings, subscriptions: options.subscriptions, handlers: options.handlers)
        for warning in checked.warnings { logger.warning("configuration", metadata: ["warning": "\(warning)"]) }
        let (inbox, pauses) = try await StorageWait(waits: options.waitsForStorage, logger: logger).open {
            let inbox = try await SQLiteInbox.open(
                folder: URL(fileURLWithPath: settings.server.dataFolder, isDirectory: true),
                options: .init(minFreeDisk: settings.inbox.minFreeDisk), keys: options.storageKeys, logger: logger)
            do {
                return (inbox, try await inbox.pauses())
            } catch {
                await inbox.close()
                throw error
            }
        }
        let transport = CurlTransport(configuration: .init(settings))
        let client = FallbackClient(
            configuration: settings.models, transport: transport, ledger: inbox.ledger, logger: logger)
        let alerts = client.alerts
        do {
            try await client.recover()
        } catch {
            await transport.close()
            await inbox.close()
            throw error
        }
        let guards = EventGuards(
            lastWrites: { try await inbox.lastWrites(to: $0, in: $1, since: $2) },
            loops: LoopGuard { client.raise(.announcement($0, isTrouble: true)) })
        let live = LiveSetup(
            Setup(
                checked, client: client, pseudonym: { [name = ShopPseudonym(options.secrets)] in name($0) },
                guards: guards, desk: PrivacyDesk(store: inbox, logger: logger)))
        let ready = Readiness(expectsAdmin: options.adminToken != nil, onReady: onReady)
        let counters = DoorCounters()
        let refusals = RefusalLedger(onAlert: { client.raise(Alert($0)) })

        let triggers = ReloadTriggers()
        let reloader = options.source.map { source in
            SetupReloader(
                files: source.files, taken: source.read, started: settings, handlers: options.handlers, live: live,
                triggers: triggers.triggers, logger: logger)
        }
        var reload: (@Sendable () async -> ReloadOutcome)?
        if let reloader { reload = { await reloader.reload() } }
        let watch = HandlerWatch(kept: pauses) { news in
            inbox.note(news)
            client.raise(Alert(news))
        }
        let workers = WorkerPool(
            configuration: .init(concurrency: settings.server.concurrency), inbox: inbox,
            runner: { live.current.runner }, watch: watch, logger: logger)
        let rehearsal = EventRehearsal(
            inbox: inbox, runner: { live.current.runner }, bindings: { live.current.bindings })
        let effects = EffectRunner(
            queue: inbox,
            deliverers: { [PostDeliverer(destinations: live.current.destinations, transport: transport)] },
            onUncertain: { client.raise(Alert($0)) }, logger: logger)
        let publicDoor = PublicDoor(
            configuration: DoorConfiguration(settings.server, secrets: options.secrets),
            inbox: inbox, bindings: { live.current.bindings }, counters: counters, refusals: refusals, logger: logger,
            onRunning: { await ready.publicDoor(port: $0) })
        let publicAddress = "\(settings.server.host):\(settings.server.port)"
        let privateDoor = options.adminToken.map { token in
            PrivateDoor(
                configuration: PrivateDoorConfiguration(port: settings.server.adminPort, token: AdminToken(token)),
                inbox: inbox, effects: inbox, ledger: inbox.ledger,
                creditFee: { live.current.settings.models.budgets.creditFee }, privacy: inbox,
                bindings: { live.current.bindings },
                details: { await Details(door: DoorHealth(counters, refusals), privacy: inbox).json },
                refusals: { RefusalReport(counters, refusals) }, reload: reload,
                workers: WorkerDesk(watch: watch, rehearsal: rehearsal), logger: logger,
                onRunning: { await ready.privateDoor(port: $0) })
        }

        let privateAddress = "127.0.0.1:\(settings.server.adminPort)"

        var services: [any Service] = [
            ClosingService { await inbox.close() },
            ClosingService { await transport.close() },
            ModelUpkeep(client: client, alerts: alerts, settings: settings, transport: transport, logger: logger),
            PrivacyUpkeep(store: inbox, rules: { live.current.settings.retention }, logger: logger),
        ]
        // What the workers plan while they drain is still delivered.
        if options.deliversEffects { services.append(effects) }
        let forewarned = ForewarnedService(workers, logger: logger)
        services.append(forewarned)
        if let reloader { services += [reloader, triggers] as [any Service] }
        if let privateDoor {
            services.append(ListeningService(privateDoor, at: privateAddress, option: "--admin-port"))
        }
        services.append(ListeningService(publicDoor, at: publicAddress, option: "--port"))
        // Told first of all: a slow sender must not use up the time that jobs have to end.
        services.append(ClosingService { await forewarned.warn() })
        return Server(inbox: inbox, services: services, logger: logger)
    }

    /// Runs until graceful shutdown.
    package func run() async throws {
        try await ServiceGroup(stoppingFromTheEnd: services, logger: logger).run()
    }
}
