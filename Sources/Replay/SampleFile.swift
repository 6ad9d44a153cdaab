package import Bellhop
package import Foundation

/// A payload in a file, and the topic it is delivered under.
package struct SampleFile: Sendable, Hashable {
    package var url: URL
    package var topic: Topic
    /// The bytes exactly as in the file.
    package var body: Data

    /// In bytes.
    static let largest = 10 << 20

    package init(url: URL, topic: Topic, body: Data) {
        self.url = url
        self.topic = topic
        self.body = body
    }

    /// The topic that a path shows: the two folders below the last `samples` folder, so that
    /// `samples/orders/create/x.json` is `orders/create`.
    package static func topic(ofPath url: URL) -> Topic? {
        let folders = url.standardizedFileURL.pathComponents.dropLast()
        guard let samples = folders.lastIndex(of: "samples"), folders.endIndex - samples > 2 else { return nil }
        return Topic(rawValue: "\(folders[samples + 1])/\(folders[samples + 2])")
    }
}
