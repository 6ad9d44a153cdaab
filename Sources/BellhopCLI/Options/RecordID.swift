import ArgumentParser

/// The id of something that a server keeps. It is never empty: that would ask for the list of all of them.
struct RecordID: ExpressibleByArgument {
    let text: String

    init?(argument: String) {
        guard !argument.allSatisfy(\.isWhitespace) else { return nil }
        text = argument
    }
}
