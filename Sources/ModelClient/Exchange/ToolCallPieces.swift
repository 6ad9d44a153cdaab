import Vocabulary

/// Puts the calls of tools together that a stream gives piece by piece.
struct ToolCallPieces {
    /// More than any answer is accepted with; what comes beyond is not kept.
    private static let maxCalls = ToolCallJudge.maxCalls + 1

    private(set) var calls: [Completion.ToolRequest] = []
    /// Where in `calls` a call of the stream's own number stands.
    private var places: [Int64: Int] = [:]

    /// - Parameter deltas: the `tool_calls` of a chunk's `delta`.
    /// - Returns: whether anything came of them.
    mutating func add(_ deltas: JSONValue) -> Bool {
        (deltas.elements ?? []).map { add(delta: $0) }.contains(true)
    }

    private mutating func add(delta: JSONValue) -> Bool {
        let piece = Completion.ToolRequest(delta)
        if piece.id.isEmpty, piece.name.isEmpty, piece.arguments.isEmpty { return false }
        guard let place = place(number: delta["index"]?.integer, id: piece.id) else { return false }
        if calls[place].id.isEmpty { calls[place].id = piece.id }
        // The name comes once or with each piece, but never in pieces.
        if calls[place].name.isEmpty { calls[place].name = piece.name }
        calls[place].arguments += piece.arguments
        return true
    }

    /// The call that a piece belongs to: by its number; without one by its id; without both the last.
    private mutating func place(number: Int64?, id: String) -> Int? {
        if let number, let place = places[number] { return place }
        if number == nil, id.isEmpty, !calls.isEmpty { return calls.count - 1 }
        if number == nil, let place = calls.firstIndex(where: { $0.id == id }) { return place }
        guard calls.count < Self.maxCalls else { return nil }
        calls.append(Completion.ToolRequest(id: "", name: "", arguments: ""))
        if let number { places[number] = calls.count - 1 }
        return calls.count - 1
    }
}
