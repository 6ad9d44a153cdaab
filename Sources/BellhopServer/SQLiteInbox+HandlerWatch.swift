import InboxCore
import InboxSQLite
import Workers

extension SQLiteInbox {
    /// Keeps what the watch over the handlers learns, for the next start.
    func note(_ news: HandlerWatch.News) {
        switch news {
        case .paused(let paused):
            keep(KeptPause(handlerID: paused.handlerID, fingerprint: paused.fingerprint, since: paused.since))
        case .resumed(let handlerID): forgetPause(of: handlerID)
        }
    }
}
