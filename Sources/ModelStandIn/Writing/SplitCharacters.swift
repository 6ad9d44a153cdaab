import Foundation

/// Writes the bytes of characters outside of ASCII one by one.
enum SplitCharacters {
    /// How many bytes are written alone with a pause before each, so that the client most likely reads them alone. The
    /// pauses would add up in a long text.
    private static let pauses = 60

    static func steps(for bytes: Data) -> [BodyStep] {
        var steps: [BodyStep] = []
        var plain = Data()
        var alone = 0
        for byte in bytes {
            if byte < 0x80 {
                plain.append(byte)
                continue
            }
            if !plain.isEmpty { steps.append(.write(plain)) }
            plain.removeAll()
            if alone < pauses { steps.append(.pause(.milliseconds(1))) }
            steps.append(.write(Data([byte])))
            alone += 1
        }
        return plain.isEmpty ? steps : steps + [.write(plain)]
    }
}
