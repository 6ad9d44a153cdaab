import CZstd
import Synchronization

/// Compressors that are used again and again: making one takes longer than compressing an order with it.
final class ZstdCompressors: Sendable {
    private let idle = Mutex<[ZstdCompressor]>([])
    private let kept: Int

    /// - Parameter kept: how many are kept while nobody uses them.
    init(kept: Int) {
        self.kept = kept
    }

    /// Lends a compressor to `body`, which must not keep it.
    ///
    /// - Returns: `nil` when there is no memory for one.
    func lend<Result>(_ body: (OpaquePointer) -> Result) -> Result? {
        guard let compressor = idle.withLock({ $0.popLast() }) ?? ZstdCompressor() else { return nil }
        defer {
            idle.withLock { idle in
                if idle.count < kept { idle.append(compressor) }
            }
        }
        return body(compressor.context)
    }
}

/// Owns a compression context of libzstd.
///
/// Unchecked, because the context is not safe for two threads at once; it is out of the pool while somebody has it.
private final class ZstdCompressor: @unchecked Sendable {
    let context: OpaquePointer

    init?() {
        guard let context = ZSTD_createCCtx() else { return nil }
        // Level 1 is the fastest ordinary one; the checksum makes a flipped bit an error instead of another body.
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 1)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        self.context = context
    }

    deinit {
        ZSTD_freeCCtx(context)
    }
}
