/// The caller gave up while an answer was coming, and the provider had named it already.
struct AbandonedStream: Error {
    let generationID: String
}
