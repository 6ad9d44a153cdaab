package import Bellhop
package import BellhopConfiguration
package import InboxCore
package import ModelClient
package import Privacy
package import Workers

/// A configuration that has been checked and is ready to handle events with.
package struct Setup: Sendable {
    package let settings: Settings
    /// What can be used but is probably not meant, in both kinds of files.
    package let warnings: [ConfigurationWarning]
    package let bindings: TopicBindings
    package let runner: HandlerRunner
    let destinations: [String: PostDestination]
    let client: FallbackClient
    private let pseudonym: Pseudonym
    private let guards: EventGuards
    private let desk: PrivacyDesk?

    /// The name by which a model provider can tell a shop from others.
    package typealias Pseudonym = @Sendable (Shop) -> String?

    /// - Parameters:
    ///   - client: asks the models of the settings.
    ///   - guards: looks for echoes and loops, across changes of the configuration.
    ///   - desk: takes the topics of privacy, beside the handlers that subscribe to them.
    package init(
        _ checked: Checked, client: FallbackClient, pseudonym: @escaping Pseudonym = { _ in nil },
        guards: EventGuards = EventGuards(), desk: PrivacyDesk? = nil
    ) {
        settings = checked.settings
        warnings = checked.warnings
        bindings =
            desk == nil
            ? checked.handlers.bindings
            : checked.handlers.bindings.adding(PrivacyDesk.plan, to: Topic.obliged)
        self.client = client
        self.pseudonym = pseudonym
        self.guards = guards
        self.desk = desk
        destinations = settings.destinations.mapValues(PostDestination.init)
        runner = HandlerRunner(
            handlers: checked.handlers, client: client,
            policy: RetryPolicy(maxAttempts: settings.events.maxAttempts),
            bounds: EventBounds(deadline: settings.events.deadline, maxTokens: settings.events.maxTokens),
            pauses: PauseRules(after: settings.events.pauseAfter), pseudonym: pseudonym, guards: guards,
            builtIns: desk.map { [PrivacyHandler.id: $0.run] } ?? [:])
    }

    /// The setup of another configuration in this one's place. What has been spent and what fails stays known.
    ///
    /// - Throws: what the ledger throws; this setup can be used on then.
    func succeeded(by checked: Checked) async throws -> Setup {
        let client = try await client.reconfigured(with: checked.settings.models)
        return Setup(checked, client: client, pseudonym: pseudonym, guards: guards, desk: desk)
    }

    /// What the files say, found to be without mistakes.
    package struct Checked: Sendable {
        package let settings: Settings
        package let handlers: HandlerTable
        package let warnings: [ConfigurationWarning]

        /// - Throws: `ConfigurationError` for what the files contradict each other or the handlers in.
        package init(
            settings: Settings, subscriptions: [Subscription], handlers: [any WebhookHandler.Type]
        ) throws {
            self.settings = settings
            self.handlers = try HandlerTable(
                subscriptions, handlers: handlers, models: settings.models,
                destinations: Set(settings.destinations.keys))
            warnings = settings.warnings + settings.models.warnings(about: subscriptions, handlers: handlers)
        }
    }
}
