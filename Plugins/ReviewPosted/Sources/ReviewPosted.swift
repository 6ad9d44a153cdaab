public import Bellhop

/// Reads a new product review: how the customer feels and about what. An unhappy one gets a drafted reply, in the
/// review's language, for the staff to read and send.
public struct ReviewPosted: WebhookHandler {
    public static let id = "review-posted"
    public static let topics: [Topic] = ["metaobjects/create"]
    public static let routing = Routing(.highVolume, task: .reviewSentiment)
    public static let effects: Set<Effect.Kind> = [.tag, .note, .metafield]
    public static let redacts: Set<PersonalData> = [.email, .phone]

    private let settings: Settings

    public init(settings: Settings) {
        self.settings = settings
    }

    /// - Throws: `HandlerError.hold` for a review that came without its fields, and for one of which neither product nor
    ///   order is known, so that there is nothing to attach the findings to.
    public func handle(_ event: Event<Metaobject>, in context: Context) async throws -> [Effect] {
        guard let review = Review(event.payload) else { return [] }
        guard event.payload.fields?.isEmpty == false else {
            throw HandlerError.hold(
                "the review came without any of its fields: under include_fields in webhooks/ write fields in place of "
                    + "fields.rating and the others, and register the subscription anew")
        }
        guard !review.isEmpty else { return [] }
        guard let place = review.order ?? review.product else {
            throw HandlerError.hold("the review names neither a product nor an order")
        }
        let reading = try await read(review, in: context)
        guard reading.sentiment == .unhappy else {
            return ReviewReport(review: review, reading: reading).effects(at: place)
        }
        let draft = review.hasText ? try await draftReply(to: review, facts: event.facts, in: context) : nil
        return ReviewReport(review: review, reading: reading, draft: draft, signature: settings.signature)
            .effects(at: place)
    }

    /// A review without words needs no model: the stars say it all.
    private func read(_ review: Review, in context: Context) async throws -> ReviewReading {
        if !review.hasText, let rating = review.rating {
            return ReviewReading(sentiment: rating.sentiment, themes: [])
        }
        return try await context.ask(
            for: ReviewReading.self, ReviewReading.instructions, about: review.promptData,
            check: { $0.complaints(given: review.rating) })
    }

    private func draftReply(to review: Review, facts: EventFacts, in context: Context) async throws -> ReplyDraft {
        try await context.ask(
            for: ReplyDraft.self, ReplyDraft.instructions(tone: settings.tone), about: review.promptData,
            routing: Routing(.creative, task: .emailPersonalization),
            check: { $0.complaints(given: facts, language: review.language) })
    }
}
