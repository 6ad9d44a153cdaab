import Foundation
import Replay

/// The folder of a run: configuration, subscriptions, samples, data and what the processes leave behind.
struct Stage: Sendable {
    static let secret = "shpss_torture_4f1d2c3b"
    static let shops = ["kelp-and-cotton.myshopify.com", "lamp-and-loom.myshopify.com"]
    /// Jobs under way at once.
    static let slots = 16

    let bellhop: String
    let folder: URL
    let seed: UInt64
    /// Deliveries a second of each shop.
    let rate: Double
    /// How often each shop sends each of its samples, so that the load lasts.
    let repeats: Int

    init(bellhop: String, rate: Double, seconds: Double, seed: UInt64) throws {
        self.bellhop = bellhop
        self.seed = seed
        self.rate = rate / Double(Self.shops.count)
        folder = FileManager.default.temporaryDirectory.appending(path: "bellhop-torture-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let mill = try SampleMill(from: "samples", to: folder.appending(path: "samples"))
        let deliveries = self.rate * seconds
        // A few events about each resource, so that their order matters, and not so many that they look like a loop.
        let variants = min(max(1, Int(deliveries / Double(mill.count) / 4)), SampleMill.most)
        try mill.grind(variants: variants)
        repeats = max(1, Int((deliveries / Double(mill.count * variants)).rounded(.up)))
        try FileManager.default.copyItem(atPath: "webhooks", toPath: webhooks.path)
    }

    var config: URL { folder.appending(path: "bellhop.yaml") }
    var webhooks: URL { folder.appending(path: "webhooks") }
    var data: URL { folder.appending(path: "data") }
    var bill: URL { folder.appending(path: "bill.jsonl") }

    func file(_ name: String) -> URL { folder.appending(path: name) }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Writes the configuration. Time limits are short, so that a model that hangs does not hold up the run.
    ///
    /// - Parameter receiver: where effects go; `nil` leaves them out.
    func configure(models: String, receiver: String? = nil) throws {
        let text = """
            providers:
              stand-in: { url: "\(models)", dialect: openrouter }
            models:
              cheap: { provider: stand-in, price: { prompt: 3, completion: 15 }, fallbacks: [dear, third] }
              dear: { provider: stand-in, price: { prompt: 7, completion: 21 }, fallbacks: [third, cheap] }
              third: { provider: stand-in, price: { prompt: 1, completion: 2 } }
            routing:
              default: cheap
              classes: { complex: dear }
            budgets: { daily: 1000 }
            limits: { request_timeout: 2s, connect_timeout: 1s }
            retries:
              rate_limit: { retries: 3, base: 200ms }
              timeout: { retries: 2, base: 200ms }
            server: { concurrency: \(Self.slots) }
            # A handler that is paused would leave its events ready.
            events: { pause_after: 0 }

            """
        try Data((text + (receiver.map { Self.destinations(at: $0) } ?? "")).utf8).write(to: config)
    }
}
