import ArgumentParser

/// How long a list may be.
struct LimitOption: ParsableArguments {
    @Option(help: "At most this many, 1 to 1000.")
    var limit = 50

    func validate() throws {
        // Before the server is asked, which refuses it as well.
        guard (1...1000).contains(limit) else { throw ValidationError("--limit goes from 1 to 1000.") }
    }
}
