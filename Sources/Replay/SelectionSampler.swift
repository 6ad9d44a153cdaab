/// Picks exactly `wanted` of `candidates` at random, asked one candidate at a time (Knuth's algorithm S).
struct SelectionSampler {
    private var wanted: Int
    private var candidates: Int

    init(picking wanted: Int, of candidates: Int) {
        self.wanted = wanted
        self.candidates = candidates
    }

    /// Whether the next candidate is picked.
    mutating func picksNext(using generator: inout SeededGenerator) -> Bool {
        guard candidates > 0 else { return false }
        let picked = Int.random(in: 0..<candidates, using: &generator) < wanted
        candidates -= 1
        wanted -= picked ? 1 : 0
        return picked
    }
}
