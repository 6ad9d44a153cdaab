/// Posted writes that the storage did not take, oldest first, and when to try them again. A plain value.
struct PutOffWrites<Write> {
    private(set) var writes: [Write] = []
    /// Whether a write has succeeded since the last one was put off.
    private var storageWorks = true
    private var isFailing = false

    /// Whether to try again although nothing else is to be written.
    var isDue: Bool { storageWorks && !writes.isEmpty }

    /// - Returns: whether a stretch of failures begins.
    mutating func add(_ more: [Write]) -> Bool {
        guard !more.isEmpty else { return false }
        writes += more
        storageWorks = false
        defer { isFailing = true }
        return !isFailing
    }

    /// All of them, to be tried again.
    mutating func take() -> [Write] {
        defer { writes = [] }
        return writes
    }

    /// Notes a commit, with how many posted writes in it.
    ///
    /// - Returns: whether a stretch of failures ended.
    mutating func committed(posted: Int) -> Bool {
        storageWorks = true
        guard isFailing, posted > 0, writes.isEmpty else { return false }
        isFailing = false
        return true
    }

    /// Makes them due, whatever the storage did.
    mutating func tryOnceMore() {
        storageWorks = true
    }
}
