import HTTPCore

extension TransportError {
    private static let header = ResponseNames.generationHeader.lowercased()

    /// The id under which the provider tells what the lost answer cost, if that much had come.
    var generationID: String? {
        ResponseNames.generationID(body: nil, header: headers[Self.header])
    }

    /// Keeps the id that a part of the answer named. One in the headers goes before it.
    func naming(_ id: String?) -> TransportError {
        var error = self
        if let id, generationID == nil { error.headers[Self.header] = id }
        return error
    }
}
