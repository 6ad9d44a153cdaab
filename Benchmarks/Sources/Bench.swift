import Bellhop
import Cryptography
import Foundation

/// What all measurements share.
struct Bench {
    let bellhop: String
    let folder: URL
    let rounds: Int
    let seconds: Double

    static let secret = "benchmark-secret"
    static let body = "samples/orders/create/gift.wire.json"
    static let connections = 64
    static let rate = 2000

    /// The body that is delivered: an order of about 11 kB.
    func body() throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: Self.body))
    }

    func signature() throws -> String {
        try MessageCode.signing(body(), with: SigningSecret(Self.secret)).base64
    }

    /// A folder of its own below the run's.
    func subfolder(_ name: String) throws -> URL {
        let url = folder.appending(path: "\(name)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }
}

extension [Double] {
    var median: Double {
        guard !isEmpty else { return .nan }
        let sorted = sorted()
        return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
    }
}
