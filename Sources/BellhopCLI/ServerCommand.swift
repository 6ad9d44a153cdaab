import ArgumentParser
import Console
import Terminal

/// A command that asks a running server for one thing and prints the answer, as JSON or as people read it.
protocol ServerCommand: AsyncParsableCommand {
    associatedtype Answer: Encodable

    var admin: AdminOptions { get }
    var output: OutputOptions { get }

    func ask(_ server: AdminClient) async throws -> Answer

    /// The answer in lines, each with its end.
    func text(of answer: Answer, style: Style) -> String
}

extension ServerCommand {
    func run() async throws {
        let answer = try await admin.withClient { try await ask($0) }
        if output.json { return try output.print(json: answer) }
        print(text(of: answer, style: OutputOptions.style), terminator: "")
    }
}
