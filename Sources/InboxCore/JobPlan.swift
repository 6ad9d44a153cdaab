/// A handler that a delivery goes to, and how its subscription wants the work queued.
package struct JobPlan: Sendable, Hashable {
    package var handlerID: String
    /// 0 to 9; of one shop's jobs that are ready, the highest goes first.
    package var priority: Int
    /// For how long a job may wait so that later versions of the same resource take its place; `nil` runs every one.
    package var coalescing: Duration?

    package init(_ handlerID: String, priority: Int = 5, coalescing: Duration? = nil) {
        self.handlerID = handlerID
        self.priority = min(max(0, priority), 9)
        self.coalescing = coalescing
    }
}

extension JobPlan: ExpressibleByStringLiteral {
    package init(stringLiteral handlerID: String) {
        self.init(handlerID)
    }
}
