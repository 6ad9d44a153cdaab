import Listener
import ModelClient

extension Alert {
    /// What people hear of the public door.
    init(_ alert: DoorAlert) {
        self = .announcement("\(alert)", isTrouble: alert.isTrouble)
    }
}
