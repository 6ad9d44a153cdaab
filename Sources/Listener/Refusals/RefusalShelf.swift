/// Keeps the last few refused requests. When it is full, the oldest of the reason that it has most of goes: a scanner
/// that knocks at every path does not push out the one wrong signature.
struct RefusalShelf: Sendable {
    private let most: Int
    /// Oldest first.
    private(set) var requests: [RefusedRequest] = []

    init(most: Int = 20) {
        self.most = most
    }

    mutating func add(_ request: RefusedRequest) {
        requests.append(request)
        guard requests.count > most else { return }
        let counts = Dictionary(requests.map { ($0.reason, 1) }, uniquingKeysWith: +)
        let largest = counts.values.max()
        if let index = requests.firstIndex(where: { counts[$0.reason] == largest }) { requests.remove(at: index) }
    }
}
