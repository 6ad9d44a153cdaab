public import Bellhop
public import Foundation

/// A webhook's body kept as a file, `<topic as folders>/<name>.json`, for example `orders/create/everyday.json`.
public struct Sample: Sendable, Hashable, CustomStringConvertible {
    public let topic: Topic
    public let name: String
    /// The bytes as they would arrive.
    public let body: Data

    /// A sample written in the test itself.
    public init(topic: Topic, name: String = "inline", json: String) {
        self.topic = topic
        self.name = name
        body = Data(json.utf8)
    }

    /// Reads a file; its two folders give the topic.
    ///
    /// - Throws: when the file cannot be read.
    public init(contentsOf file: URL) throws {
        let folders = file.deletingLastPathComponent().pathComponents.suffix(2)
        topic = Topic(rawValue: folders.joined(separator: "/"))
        name = file.deletingPathExtension().lastPathComponent
        body = try Data(contentsOf: file)
    }

    /// Every sample of a topic in a folder of samples, by name.
    ///
    /// - Throws: when there is no folder for the topic, or a file cannot be read.
    public static func all(of topic: Topic, in samples: URL) throws -> [Sample] {
        let folder = samples.appending(path: topic.rawValue, directoryHint: .isDirectory)
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { try Sample(contentsOf: $0) }
    }

    /// The event that a handler gets for this body: decoded, with its facts, received when the sample was triggered.
    ///
    /// - Throws: `DecodingError` when the body is not JSON, or is not what the handler reads.
    public func event<Payload: Decodable & Sendable>(
        of payload: Payload.Type = Payload.self, triggeredAt: Date = Date(timeIntervalSince1970: 1_795_000_000),
        attempt: Int = 1
    ) throws -> Event<Payload> {
        Event(
            id: "00000000-0000-7000-8000-000000000001", topic: topic, shop: .example, apiVersion: "2026-10",
            triggeredAt: triggeredAt, receivedAt: triggeredAt, attempt: attempt,
            payload: try JSONDecoder().decode(Payload.self, from: body),
            facts: EventFacts(body: try JSONValue(parsing: body)))
    }

    public var description: String {
        "\(topic)/\(name)"
    }
}
