import InboxCore
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ChangeSignalTests {
    private func count(_ stream: AsyncStream<Void>) async -> Int {
        await stream.reduce(0) { count, _ in count + 1 }
    }

    @Test func keepsOneSignalForABusyListener() async {
        let signal = ChangeSignal()
        let stream = signal.stream()
        for _ in 0..<5 { signal.send() }
        signal.finish()
        #expect(await count(stream) == 1)
    }

    @Test func doesNotTellWhatWasBeforeTheListener() async {
        let signal = ChangeSignal()
        signal.send()
        let stream = signal.stream()
        signal.finish()
        #expect(await count(stream) == 0)
    }

    @Test func endsStreamsMadeAfterItsOwnEnd() async {
        let signal = ChangeSignal()
        signal.finish()
        #expect(await count(signal.stream()) == 0)
    }

    @Test func goesOnWhenAListenerLeaves() async {
        let signal = ChangeSignal()
        let staying = signal.stream()
        let leaving = Task { await self.count(signal.stream()) }
        leaving.cancel()
        _ = await leaving.value
        signal.send()
        signal.finish()
        #expect(await count(staying) == 1)
    }
}
