import CZstd
import Foundation

/// Bytes compressed with Zstandard, guarded by a checksum. With ``ZstdCompressors`` the only place that speaks to
/// libzstd.
enum ZstdFrame {
    /// Larger contents are neither compressed nor decompressed, in bytes.
    static let maxContentBytes = 256 << 20

    private static let compressors = ZstdCompressors(kept: 8)

    struct Damaged: Error, CustomStringConvertible {
        let description: String
    }

    /// - Returns: the frame, or `nil` when it would not be smaller than the content.
    static func compress(_ content: Data) -> Data? {
        guard !content.isEmpty, content.count <= maxContentBytes else { return nil }
        // Room for less than the content: a frame that does not fit is not worth having.
        var frame = Data(count: content.count - 1)
        let size = frame.withUnsafeMutableBytes { target in
            content.withUnsafeBytes { source in
                compressors.lend { context in
                    ZSTD_compress2(context, target.baseAddress, target.count, source.baseAddress, source.count)
                }
            }
        }
        guard let size, ZSTD_isError(size) == 0 else { return nil }
        // A copy: a slice would keep the room for the whole content alive while the frame waits to be written.
        return frame.subdata(in: 0..<size)
    }

    /// - Parameter bytes: the size of the content, known from elsewhere; a frame that holds anything else is damaged.
    /// - Throws: ``Damaged``.
    static func decompress(_ frame: Data, bytes: Int) throws(Damaged) -> Data {
        guard (0...maxContentBytes).contains(bytes) else {
            throw Damaged(description: "a content of \(bytes) bytes is out of bounds")
        }
        var content = Data(count: bytes)
        let size = content.withUnsafeMutableBytes { target in
            frame.withUnsafeBytes { source in
                ZSTD_decompress(target.baseAddress, target.count, source.baseAddress, source.count)
            }
        }
        guard ZSTD_isError(size) == 0 else {
            throw Damaged(description: String(cString: ZSTD_getErrorName(size)))
        }
        guard size == bytes else {
            throw Damaged(description: "the frame holds \(size) bytes instead of \(bytes)")
        }
        return content
    }
}
