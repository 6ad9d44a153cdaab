import Bellhop

/// A product review, taken from a metaobject of the type `product_review`.
struct Review: Sendable {
    let id: String?
    let title: String?
    let body: String?
    let rating: Rating?
    let product: ResourceID?
    let order: ResourceID?
    /// The language that the review says it is in, for example `de` or `pt-BR`.
    let language: String?

    /// - Returns: `nil` when the metaobject is something else.
    init?(_ object: Metaobject) {
        guard object.type == "product_review" else { return nil }
        id = object.id
        title = object.text("title")
        body = object.text("body")
        rating = object.fields?["rating"].flatMap { Rating($0) }
        product = object.reference("product", to: "Product")
        order = object.reference("order", to: "Order")
        language = object.text("language")
    }

    var hasText: Bool {
        title != nil || body != nil
    }

    /// Neither words nor stars.
    var isEmpty: Bool {
        !hasText && rating == nil
    }

    /// What a model is shown: the words and the stars, not who wrote them.
    var promptData: PromptData {
        [
            "title": .text(title, limit: 500),
            "body": .text(body),
            "rating": rating.map { .string($0.description) } ?? .null,
            "language": .text(language, limit: 35),
        ]
    }
}
