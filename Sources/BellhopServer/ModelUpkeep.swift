import BellhopConfiguration
import HTTPCore
import Logging
import ModelClient
import ServiceLifecycle

/// Does what the model client needs done beside its calls: asks for costs that are not known and for prices, and posts
/// alerts to whoever the configuration names.
struct ModelUpkeep: Service {
    let client: FallbackClient
    /// From before anything could raise one.
    let alerts: AsyncStream<Alert>
    let settings: Settings
    let transport: any Transport
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await client.maintain(priceInterval: settings.prices.refresh) }
                guard let url = settings.alerts.slack?.url else { return }
                group.addTask {
                    await SlackNotifier(url: url, sender: "Bellhop", transport: transport, logger: logger)
                        .run(alerts)
                }
            }
        }
    }
}
