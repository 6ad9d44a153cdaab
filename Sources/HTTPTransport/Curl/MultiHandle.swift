import CCurl

/// libcurl's set of running transfers and its open connections. For one thread.
@safe struct MultiHandle: ~Copyable {
    private let pointer: OpaquePointer

    /// - Parameter maxConnections: most connections kept open, in use or not.
    init?(maxConnections: Int) {
        guard CurlLibrary.isReady, let pointer = unsafe curl_multi_init() else { return nil }
        unsafe self.pointer = pointer
        unsafe ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, maxConnections)
    }

    deinit {
        unsafe curl_multi_cleanup(pointer)
    }

    /// Rung by any thread, it ends ``wait(milliseconds:)``. Good only as long as this handle.
    var alarm: Alarm {
        unsafe Alarm(multi: pointer)
    }

    func add(_ easy: EasyHandle) -> Bool {
        unsafe curl_multi_add_handle(pointer, easy.pointer) == CURLM_OK
    }

    /// Ends a transfer. One that has not ended by itself loses its connection.
    func remove(_ easy: EasyHandle) {
        unsafe curl_multi_remove_handle(pointer, easy.pointer)
    }

    /// Does what can be done without waiting.
    ///
    /// - Returns: `false` when libcurl is out of memory.
    func perform() -> Bool {
        var running: Int32 = 0
        return unsafe curl_multi_perform(pointer, &running) == CURLM_OK
    }

    /// Waits until there is something to do, or the alarm is rung.
    ///
    /// - Returns: `false` when libcurl is out of memory.
    func wait(milliseconds: Int32) -> Bool {
        unsafe curl_multi_poll(pointer, nil, 0, milliseconds, nil) == CURLM_OK
    }

    /// The next transfer that has ended by itself, and how.
    func nextEnded() -> (Transfer, CURLcode)? {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(pointer, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
            guard let transfer = unsafe EasyHandle.transfer(of: message.pointee.easy_handle) else { continue }
            return unsafe (transfer, message.pointee.data.result)
        }
        return nil
    }
}

/// Wakes the thread that waits on a ``MultiHandle``.
@safe struct Alarm: @unchecked Sendable {
    // `@unchecked Sendable`: `curl_multi_wakeup` is the one function of a multi handle for use on other threads.
    fileprivate let multi: OpaquePointer

    func ring() {
        unsafe curl_multi_wakeup(multi)
    }
}
