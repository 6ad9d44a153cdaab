import Foundation
import Testing

/// Runs each target without libFuzzer: on the inputs that are kept, and on what seeded changes make of them.
@Suite(.timeLimit(.minutes(10)))
struct FuzzTests {
    /// Changed inputs for each target.
    private static let runs = ProcessInfo.processInfo.environment["FUZZ_RUNS"].flatMap { Int($0) } ?? 300
    private static let seed = ProcessInfo.processInfo.environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

    @Test(arguments: FuzzTarget.all)
    func everyInputThatIsKeptHolds(target: FuzzTarget) throws {
        let corpus = try Corpus(of: target)
        #expect(!corpus.inputs.isEmpty)
        for (path, data) in corpus.inputs {
            #expect(throws: Never.self, "\(path)") { try target.check(data) }
        }
    }

    @Test(arguments: FuzzTarget.all)
    func whatChangesMakeOfThemHolds(target: FuzzTarget) throws {
        var mutator = Mutator(try Corpus(of: target).inputs.map(\.data), seed: Self.seed)
        for _ in 0..<Self.runs {
            let data = mutator.next()
            do {
                try target.check(data)
            } catch {
                Issue.record("\(error), with the input (base64) \(data.base64EncodedString())")
                return
            }
        }
    }
}

extension FuzzTarget: CustomTestStringConvertible {
    var testDescription: String { name }
}
