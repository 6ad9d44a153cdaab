/// Why a command cannot run although its arguments are right, and what to do about it.
struct CommandError: Error, Hashable, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
