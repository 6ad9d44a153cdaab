/// What a model is asked to do. The matrix in `bellhop.yaml` gives each task its model.
///
/// Any lower-case word is a task; those of the mission are named here so that a typing mistake does not compile.
public struct TaskType: RawRepresentable, Sendable, Hashable, Codable, ExpressibleByStringLiteral {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(stringLiteral value: String) {
        rawValue = value
    }

    // General work.
    public static let classification: TaskType = "classification"
    public static let extraction: TaskType = "extraction"
    public static let translation: TaskType = "translation"
    public static let summarization: TaskType = "summarization"
    public static let contentGeneration: TaskType = "content_generation"
    public static let codeReview: TaskType = "code_review"
    public static let multiStepAnalysis: TaskType = "multi_step_analysis"
    public static let strategicPlanning: TaskType = "strategic_planning"

    // A shop's work.
    public static let orderStatusCheck: TaskType = "order_status_check"
    public static let inventoryAlert: TaskType = "inventory_alert"
    public static let shippingNotification: TaskType = "shipping_notification"
    public static let reviewSentiment: TaskType = "review_sentiment"
    public static let productDescription: TaskType = "product_description"
    public static let emailPersonalization: TaskType = "email_personalization"
    public static let upsellRecommendation: TaskType = "upsell_recommendation"
    public static let refundAnalysis: TaskType = "refund_analysis"
    public static let fraudDetection: TaskType = "fraud_detection"
    public static let customerLifetimeValue: TaskType = "customer_lifetime_value"

    /// All tasks named above.
    public static let known: [TaskType] = [
        .classification, .extraction, .translation, .summarization, .contentGeneration, .codeReview,
        .multiStepAnalysis, .strategicPlanning, .orderStatusCheck, .inventoryAlert, .shippingNotification,
        .reviewSentiment, .productDescription, .emailPersonalization, .upsellRecommendation, .refundAnalysis,
        .fraudDetection, .customerLifetimeValue,
    ]
}
