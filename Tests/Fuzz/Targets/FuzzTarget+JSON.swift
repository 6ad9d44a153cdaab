import Foundation
import Vocabulary

extension FuzzTarget {
    /// JSON text of any origin: what is read is written and read again as the same, and nothing is taken for JSON that
    /// Foundation refuses.
    static let json = FuzzTarget(name: "json", seeds: ["samples/returns", "samples/metaobjects"], longest: 4096) {
        data in
        let value: JSONValue
        do {
            value = try JSONValue(parsing: data)
        } catch let error as DecodingError {
            try require("\(error)".utf8.count < 500, "an error repeats what it read")
            return
        }
        let written = try value.canonicalData()
        let again = try JSONValue(parsing: written)
        try require(again == value, "what was written reads as something else")
        try require(try again.canonicalData() == written, "equal values are written in two ways")
        try require(try value.decode(JSONValue.self) == value, "decoding changes the value")
        try require(isJSONToFoundation(data), "Foundation does not take it for JSON")
    }

    private static func isJSONToFoundation(_ data: Data) -> Bool {
        // A byte order mark is passed over by ours alone; long inputs would take most of the time.
        guard data.count <= 512, !data.starts(with: [0xEF, 0xBB, 0xBF]) else { return true }
        return (try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)) != nil
    }
}
