/// What one check found.
package struct Finding: Sendable, Hashable, Encodable {
    package var check: Check
    package var status: Status
    /// What was looked at: a file with a line, a variable, a folder, a provider or a model.
    package var subject: String
    package var message: String
    /// What to do next; `nil` when nothing need be done.
    package var advice: String?

    package enum Check: String, Sendable, Hashable, Encodable, CaseIterable {
        case configuration, secrets
        case dataFolder = "data folder"
        case providers, models, probe
    }

    package enum Status: String, Sendable, Hashable, Encodable {
        case ok, warn, fail
    }

    init(_ check: Check, _ status: Status, _ subject: String, _ message: String, advice: String? = nil) {
        self.check = check
        self.status = status
        self.subject = subject
        self.message = message
        self.advice = advice
    }
}
