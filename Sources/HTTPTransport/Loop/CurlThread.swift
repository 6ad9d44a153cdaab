import Foundation
import HTTPCore

/// The thread on which libcurl runs.
enum CurlThread {
    /// Starts a thread that serves a mailbox until it is closed. Every handle is made, used and freed on it.
    static func start(serving mailbox: Mailbox, configuration: CurlTransport.Configuration) {
        let thread = Thread {
            blockSIGPIPE()
            run(mailbox, configuration)
            mailbox.end()
        }
        thread.name = "HTTPTransport"
        thread.start()
    }

    private static func run(_ mailbox: Mailbox, _ configuration: CurlTransport.Configuration) {
        guard let loop = TransferLoop(serving: mailbox, configuration: configuration) else {
            mailbox.close()
            let error = TransportError(.other, "libcurl cannot be set up", mayHaveBeenSent: false)
            for submission in mailbox.empty().submissions { submission.receiver.fail(error) }
            return
        }
        loop.run()
    }

    /// Writing to a TLS connection that the other side has closed raises the signal on the writing thread. Blocked
    /// here alone, it does no harm, and the program's own handling stays as it is.
    private static func blockSIGPIPE() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
