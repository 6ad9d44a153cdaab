import Foundation

/// The process's limit on open files.
enum OpenFiles {
    private static let wanted: rlim_t = 65_536

    /// Raises the limit as far as the system allows. The usual 1,024 is less than the connections that the door takes,
    /// and a flood of them would take the files from the inbox and from the models.
    static func raiseLimit() {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < wanted else { return }
        limit.rlim_cur = min(wanted, limit.rlim_max)
        // Should it be refused, the limit stays what it was: the server runs, with fewer connections.
        _ = setrlimit(resource, &limit)
    }
}
