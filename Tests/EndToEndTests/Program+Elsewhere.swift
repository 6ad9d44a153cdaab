import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

extension Program {
    /// Runs a command to its end, in a folder of the test's.
    static func run(_ arguments: [String], in folder: URL, environment: [String: String]) async throws -> Outcome {
        let result = try await Subprocess.run(
            .path(FilePath(Project.bellhop)), arguments: Arguments(arguments), environment: variables(environment),
            workingDirectory: FilePath(folder.path), output: .string(limit: 4 << 20), error: .string(limit: 4 << 20))
        return Outcome(
            status: result.terminationStatus, output: result.standardOutput, errors: result.standardError)
    }

    /// Runs a command in the checkout, and interrupts it as Ctrl-C does when `moment` has come.
    static func interrupted(
        _ arguments: [String], environment: [String: String], when moment: @escaping @Sendable () async throws -> Void
    ) async throws -> Outcome {
        let result = try await Subprocess.run(
            .path(FilePath(Project.bellhop)), arguments: Arguments(arguments), environment: variables(environment),
            workingDirectory: FilePath(Project.root.path), input: .none, output: .sequence, error: .discarded
        ) { execution in
            try await withThrowingTaskGroup(of: String.self) { group in
                let process = execution.processIdentifier.value
                group.addTask {
                    do {
                        try await moment()
                    } catch {
                        kill(process, SIGKILL)
                        throw error
                    }
                    kill(process, SIGINT)
                    return ""
                }
                let output = try await execution.standardOutput.strings().reduce(into: "") { $0 += $1 + "\n" }
                try await group.waitForAll()
                return output
            }
        }
        return Outcome(status: result.terminationStatus, output: result.closureResult, errors: "")
    }

    private static func variables(_ environment: [String: String]) -> Environment {
        let pairs = environment.compactMap { name, value in
            Environment.Key(rawValue: name).map { ($0, Optional(value)) }
        }
        return .inherit.updating(Dictionary(uniqueKeysWithValues: pairs))
    }
}
