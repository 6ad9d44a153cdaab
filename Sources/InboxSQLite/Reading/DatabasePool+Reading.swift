import GRDB

extension DatabasePool {
    /// Connections that cannot write and cannot checkpoint, not even when they are closed.
    ///
    /// - Parameter path: of the database, or a `file:` URI.
    convenience init(readingOnly path: String) throws {
        var configuration = Configuration()
        configuration.label = "bellhop.inbox.reader"
        configuration.readonly = true
        // One for the workers' short questions, one for a person's long list.
        configuration.maximumReaderCount = 2
        configuration.busyMode = .timeout(5)
        try self.init(path: path, configuration: configuration)
    }
}
