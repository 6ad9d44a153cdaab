package import Foundation

/// How the files of a configuration look without opening them: a change of any of them nearly always changes a stamp.
package struct FileStamps: Sendable, Hashable {
    private var stamps: [String: Stamp] = [:]

    private struct Stamp: Hashable {
        var modified: Date?
        var size: Int64?
        /// Another file under the same name, as editors leave it, has another.
        var inode: Int64?
    }

    package init(config: URL, webhooks folder: URL) {
        for url in [config] + SubscriptionReader.names(in: folder).map({ folder.appending(path: $0) }) {
            let facts = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)
            stamps[url.path] = Stamp(
                modified: facts?[.modificationDate] as? Date, size: (facts?[.size] as? NSNumber)?.int64Value,
                inode: (facts?[.systemFileNumber] as? NSNumber)?.int64Value)
        }
    }
}
