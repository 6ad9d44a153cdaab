public import ArgumentParser
public import Logging

/// How much a command says while it runs.
struct LogOptions: ParsableArguments {
    @Option(help: "trace, debug, info, notice, warning, error or critical; goes to standard error.")
    var logLevel: Logger.Level?

    func logger(_ label: String, otherwise level: Logger.Level) -> Logger {
        var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel ?? level
        return logger
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
