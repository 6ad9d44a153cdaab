/// Wakes a loop. A call that comes while it is busy is kept; more of them are one.
final class Wake: Sendable {
    private let calls: AsyncStream<Void>
    private let caller: AsyncStream<Void>.Continuation

    init() {
        (calls, caller) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func call() {
        caller.yield()
    }

    /// Waits for a call since the last one that was heard, or for the end of the task. One loop waits at a time.
    func heard() async {
        var iterator = calls.makeAsyncIterator()
        await iterator.next()
    }
}
