package import Logging
package import ServiceLifecycle

extension ServiceGroup {
    /// How long stopping may take: as long as the slowest sender that the public door bears, and what is delivered
    /// after it.
    private static let longestStop = Duration.seconds(60)

    /// Services that start together and stop one after another, the last one first.
    ///
    /// They stop so for a signal, and just so when one of them throws or ends by itself: work is given back and storage
    /// closes last. When that takes longer than a minute, those that are left are cancelled.
    package init(stoppingFromTheEnd services: [any Service], logger: Logger) {
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                // A return would cancel all others at once; an error does not.
                .init(service: LastingService($0), failureTerminationBehavior: .gracefullyShutdownGroup)
            }, logger: logger)
        configuration.maximumGracefulShutdownDuration = Self.longestStop
        self.init(configuration: configuration)
    }
}
