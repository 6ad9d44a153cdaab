import InboxCore
import ModelClient
import Workers

extension Alert {
    /// What people hear of an effect that they have to decide about.
    init(_ effect: UncertainEffect) {
        let key = effect.key
        self = .announcement(
            "nobody knows whether the effect \(key) (\(effect.lane.text)) happened: \(effect.reason). Then say "
                + "`bellhop effects done \(key)` or `bellhop effects retry \(key)`; later effects of its event wait for it",
            isTrouble: true)
    }
}
