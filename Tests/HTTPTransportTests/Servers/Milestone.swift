/// Something that one task waits for and another brings about.
struct Milestone: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// Lets one waiter go, now or when it comes.
    func reach() {
        continuation.yield()
    }

    /// Waits until it has been reached as often as said.
    func reached(times: Int = 1) async {
        var left = times
        for await _ in stream {
            left -= 1
            if left == 0 { return }
        }
    }
}
