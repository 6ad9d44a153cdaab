/// Kinds of personal data that can be taken out of a prompt before a model sees it.
public enum PersonalData: String, Sendable, Codable, CaseIterable {
    case email, phone, address
}
