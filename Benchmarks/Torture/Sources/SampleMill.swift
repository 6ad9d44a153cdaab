import Foundation

/// Makes many samples of each in a folder: the same payload about other resources.
///
/// Work on one resource goes in order, so with a handful of resources the server would hardly have anything to do at
/// once.
struct SampleMill {
    /// Variants of one sample.
    static let most = 1000

    private let source: URL
    private let target: URL
    private let paths: [String]

    /// - Throws: when there are no samples.
    init(from source: String, to target: URL) throws {
        self.source = URL(fileURLWithPath: source)
        self.target = target
        paths = (FileManager.default.enumerator(atPath: source)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".json") && !$0.hasPrefix("answers") }.sorted()
        guard !paths.isEmpty else { throw Broken("no samples in \(self.source.path); run it in the checkout") }
    }

    /// How many samples there are to begin with.
    var count: Int { paths.count }

    /// - Parameter variants: of each sample, at most ``most``.
    func grind(variants: Int) throws {
        for path in paths {
            let text = try String(contentsOf: source.appending(path: path), encoding: .utf8)
            for variant in 0..<variants {
                let file = target.appending(path: path.replacing(".json", with: "-\(variant).json"))
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(Self.about(variant, text).utf8).write(to: file)
            }
        }
    }

    /// The text with other ids: every long number is moved on, the same one to the same, so that a refund still belongs
    /// to its order.
    private static func about(_ variant: Int, _ text: String) -> String {
        text.replacing(/[0-9]{10,}/) { match in
            let end = match.output.suffix(3)
            let moved = String((Int(end).map { $0 + variant } ?? variant) % 1000)
            return match.output.dropLast(3) + String(repeating: "0", count: 3 - moved.count) + moved
        }
    }
}
