#if canImport(Glibc)
    import CMalloc
#endif

/// How the process's heap treats memory that is no longer used.
enum Heap {
    /// Makes large blocks go back to the system as soon as they are freed, and keeps few arenas.
    ///
    /// glibc does so for blocks of 128 KiB or more until the first larger one is freed; then it raises the limit, up to
    /// 32 MiB, and keeps what one flood of large bodies has touched. A limit that was set stays (mallopt(3)). It has an
    /// arena for each thread, up to eight times the processors, and each keeps what is free in it.
    static func giveBackEarly() {
        #if canImport(Glibc)
            // Should either be refused, only more memory is kept.
            _ = mallopt(M_MMAP_THRESHOLD, 128 << 10)
            _ = mallopt(M_ARENA_MAX, 2)
        #endif
    }
}
