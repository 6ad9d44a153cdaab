package import Bellhop
package import BellhopConfiguration
package import HTTPCore
import ModelClient

/// Looks at everything that Bellhop needs before it is needed: files, secrets, storage, providers and models.
package struct Examination: Sendable {
    private let files: ConfigurationFiles
    private let environment: Settings.Environment
    private let handlers: [any WebhookHandler.Type]
    private let dataFolder: String?
    private let transport: any Transport
    private let probes: Bool

    /// - Parameters:
    ///   - dataFolder: instead of the one that the configuration names.
    ///   - probes: whether a cheap model of each provider is asked a tiny question, for real money.
    package init(
        files: ConfigurationFiles, environment: Settings.Environment, handlers: [any WebhookHandler.Type],
        dataFolder: String? = nil, transport: any Transport, probes: Bool
    ) {
        self.files = files
        self.environment = environment
        self.handlers = handlers
        self.dataFolder = dataFolder
        self.transport = transport
        self.probes = probes
    }

    /// Performs all checks. A configuration that cannot be read ends them early.
    ///
    /// - Parameter report: called with what each check found, as soon as it is known.
    package func run(_ report: ([Finding]) -> Void) async {
        let (findings, settings) = ConfigurationCheck(files: files, environment: environment, handlers: handlers).run()
        report(findings)
        guard let settings else { return }
        report(SecretsCheck(settings: settings, environment: environment).run())
        let folder = dataFolder ?? settings.server.dataFolder
        report(DataFolderCheck(path: folder, minFreeDisk: settings.inbox.minFreeDisk).run())
        for provider in settings.models.providers {
            let (findings, listing) = await ProviderCheck(provider: provider, transport: transport).run()
            report(findings)
            if let listing {
                report(ModelsCheck(configuration: settings.models, provider: provider, listing: listing).run())
            }
            // Without an answer to a plain request there is nothing to learn from a question.
            if probes, !findings.contains(where: { $0.status == .fail }) {
                let probe = ProbeCheck(
                    configuration: settings.models, provider: provider, listing: listing, transport: transport)
                report(await probe.run())
            }
        }
    }
}
