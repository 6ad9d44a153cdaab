import Foundation
import Testing

@testable import ModelStandIn

struct BodyStepTests {
    private let steps: [BodyStep] = [.write(Data("abc".utf8)), .pause(.seconds(1)), .write(Data("de".utf8))]

    @Test func `half of the bytes leave the pauses between them`() {
        #expect(steps.size == 5)
        #expect(steps.firstHalf == [.write(Data("ab".utf8))])
        #expect([BodyStep].init().firstHalf.isEmpty)
        let late: [BodyStep] = [.write(Data("a".utf8)), .pause(.seconds(1)), .write(Data("bcd".utf8))]
        #expect(late.firstHalf == [.write(Data("a".utf8)), .pause(.seconds(1)), .write(Data("b".utf8))])
    }

    @Test func `dribbles byte by byte with a pause before each`() {
        #expect(
            steps.suffix(2).map { $0 }.dribbled(pause: .milliseconds(2)) == [
                .pause(.seconds(1)), .pause(.milliseconds(2)), .write(Data("d".utf8)), .pause(.milliseconds(2)),
                .write(Data("e".utf8)),
            ])
    }

    @Test func `splits characters of several bytes alone`() {
        let writes = SplitCharacters.steps(for: Data("aé!".utf8)).filter { $0.size > 0 }
        #expect(writes == [.write(Data("a".utf8)), .write(Data([0xC3])), .write(Data([0xA9])), .write(Data("!".utf8))])
    }

    @Test func `the pauses of a long text are few`() {
        let text = String(repeating: "ü", count: 10_000)
        let steps = SplitCharacters.steps(for: Data(text.utf8))
        #expect(steps.count { $0.size == 0 } < 100)
        #expect(steps.size == 20_000)
    }
}
