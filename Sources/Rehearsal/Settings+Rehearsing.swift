package import BellhopConfiguration
package import Foundation
package import ModelClient

extension Settings {
    /// The settings of a server that lives for a rehearsal only: what another's say about the work on an event, and the
    /// defaults in all else. So it listens on this machine alone, tells nobody of its alerts, and no setting that is
    /// yet to come reaches it by itself.
    ///
    /// - Parameters:
    ///   - models: what is asked in place of the others' models.
    ///   - folder: where events are kept, and gone afterwards.
    package init(rehearsing configured: Settings, on models: ModelClientConfiguration, in folder: URL) {
        self.init(models: models)
        server.port = 0
        server.dataFolder = folder.path
        // Nothing in the folder is worth a refusal.
        inbox.minFreeDisk = 0
        events = configured.events
        // Subscriptions name them; nothing is posted there, so there is nothing to sign with.
        destinations = configured.destinations.mapValues { destination in
            var destination = destination
            destination.secrets = []
            return destination
        }
    }
}
