package import Bellhop
package import Vocabulary

/// One file of `webhooks/`: a topic, the handler for it, and how the shop should filter.
package struct Subscription: Sendable {
    /// The file it was read from.
    package var file: String
    package var topic: Topic
    /// The id of the handler.
    package var handler: String
    /// Shopify's filter, for example `type:product_review`.
    package var filter: String?
    /// The fields that the shop should send; all when empty.
    package var includeFields: [String]
    /// The handler's settings, an object.
    package var settings: JSONValue
    /// A model to ask first instead of what the routing matrix says.
    package var model: String?
    /// 0 to 9; when work waits in line, the highest goes first.
    package var priority = 5
    /// What becomes of an event that is older than one received before.
    package var stale = Staleness.run
    /// For how long an event may wait so that later versions of its resource take its place; `nil` runs every one.
    package var coalescing: Duration?
    /// Whose budget and report the costs belong to.
    package var team: String?
    /// What is taken out of the data before a model sees it.
    package var redact: Set<PersonalData> = []
    /// What may become of the data, beside what `bellhop.yaml` asks for.
    package var dataPolicy = DataPolicy.open
    /// The fields by which an echo of our own write is told; none runs every event.
    package var echoFields: [String] = []
    /// How many runs that want effects one resource may cause in how long.
    package var loopLimit = LoopLimit()
    /// Where everything stands in the file.
    package var lines = LineMap()

    /// What becomes of an old version that comes late.
    package enum Staleness: String, Sendable, Hashable, CaseIterable {
        case run, skip
    }

    /// The same as its owner says it; nothing is said where a default holds.
    package struct LoopLimit: Sendable, Hashable {
        package var runs: Int?
        package var window: Duration?
    }

    /// A mistake that only the handler or another file can show.
    ///
    /// - Parameter path: where it stands, outermost first.
    package func mistake(_ message: String, at path: [String] = []) -> ConfigurationError {
        ConfigurationError(file: file, line: lines.line(of: path), message: message)
    }

    package func warning(_ message: String, at path: [String] = []) -> ConfigurationWarning {
        ConfigurationWarning(file: file, line: lines.line(of: path), message: message)
    }
}
