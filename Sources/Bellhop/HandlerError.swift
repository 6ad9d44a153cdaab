/// What a handler throws to say what should become of the event.
///
/// The reasons are stored and shown; keep customers' words and secrets out of them.
public enum HandlerError: Error, Sendable, Hashable {
    /// A person has to look at the event before it runs again.
    case hold(_ reason: String)
    /// The event cannot be handled yet and should run again after this time.
    case retry(after: Duration, _ reason: String)
}
