/// What sending an effect a second time does, and so what becomes of one of which nobody knows whether it arrived.
package enum Repetition: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing: the receiver knows the key, or the same twice is the same once. It is repeated.
    case idempotent
    /// Perhaps harm, but the receiver can be asked whether it has the key. It is asked first.
    case askable
    /// Harm, and nobody can be asked. It is held for a person.
    case neither
}
