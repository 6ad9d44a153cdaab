package import Foundation

extension SettingsFile {
    /// The port of the private door in `bellhop.yaml`.
    ///
    /// Nothing else is looked at: who asks a running server need not have the variables that the file names, and the
    /// server may run although there is a mistake in the file by now.
    ///
    /// - Returns: `nil` when there is no such file, or it names no port, or it cannot be read.
    package static func adminPort(in url: URL) -> Int? {
        guard let root = try? YAMLDocument(contentsOf: url).root, let server = try? root["server"]?.mapping() else {
            return nil
        }
        return try? server["admin_port"]?.integer(1...65535)
    }
}
