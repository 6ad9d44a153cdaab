import CCurl
import Foundation
import HTTPCore

/// libcurl's handle for one request at a time, used for one after the other. For one thread.
@safe final class EasyHandle {
    let pointer: OpaquePointer

    init?() {
        guard CurlLibrary.isReady, let pointer = unsafe curl_easy_init() else { return nil }
        unsafe self.pointer = pointer
        do {
            try setPolicy()
        } catch {
            return nil
        }
    }

    deinit {
        unsafe curl_easy_cleanup(pointer)
    }

    /// What holds for every request.
    private func setPolicy() throws {
        // Signals belong to the program.
        try set(CURLOPT_NOSIGNAL, 1)
        // A slow name server must not hold up the thread when a request is given up: the look-up is left to end alone.
        try set(CURLOPT_QUICK_EXIT, 1)
        // One request to a connection: a lost connection costs one call.
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try set(CURLOPT_TCP_NODELAY, 1)
        // A model may think for minutes without a byte, longer than some routers remember a connection.
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Empty and not absent: absent would mean the environment's.
        try set(CURLOPT_PROXY, "")
        try setCallbacks()
    }

    private func setCallbacks() throws {
        try check(unsafe ccurl_easy_set_write_callback(pointer, CURLOPT_WRITEFUNCTION, takeBody))
        try check(unsafe ccurl_easy_set_write_callback(pointer, CURLOPT_HEADERFUNCTION, takeHeader))
        try check(unsafe ccurl_easy_set_prerequest_callback(pointer, permitRequest))
    }

    /// Makes the handle ready for a request.
    ///
    /// - Parameters:
    ///   - transfer: must stay until ``clear()``; the callbacks reach it without holding it.
    ///   - remaining: what is left of the limit for the whole exchange.
    func load(_ request: PreparedRequest, for transfer: Transfer, remaining: Duration) throws {
        try set(CURLOPT_URL, request.target.url)
        try check(unsafe ccurl_easy_set_list(pointer, CURLOPT_HTTPHEADER, request.headers.head))
        try setMethod(of: request)
        try set(CURLOPT_CONNECTTIMEOUT_MS, Int(request.limits.connect.roundedUpMilliseconds))
        try set(CURLOPT_TIMEOUT_MS, Int(remaining.roundedUpMilliseconds))
        // Refuses by the announced length, before a byte of the body is taken. Zero would mean no limit.
        try setOffset(CURLOPT_MAXFILESIZE_LARGE, max(1, request.limits.responseBytes))
        let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        for option in [CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_PREREQDATA, CURLOPT_PRIVATE] {
            try check(unsafe ccurl_easy_set_pointer(pointer, option, context))
        }
    }

    private func setMethod(of request: PreparedRequest) throws {
        switch request.method {
        case .get:
            try set(CURLOPT_HTTPGET, 1)
        case .post:
            try set(CURLOPT_POST, 1)
            try setOffset(CURLOPT_POSTFIELDSIZE_LARGE, request.body.count)
            try setBody(request.body)
        }
    }

    /// Expects the size to be set: libcurl copies as many bytes.
    private func setBody(_ body: Data) throws {
        // A null pointer would make libcurl read from standard input.
        guard !body.isEmpty else { return try set(CURLOPT_COPYPOSTFIELDS, "") }
        try check(
            unsafe body.withUnsafeBytes { bytes in
                let start = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress)
                return unsafe ccurl_easy_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, start)
            })
    }

    /// Lets libcurl read on after a callback has put a part off; offers that part again before it returns.
    ///
    /// - Returns: anything but `CURLE_OK` when the transfer must be ended.
    func unpause() -> CURLcode {
        unsafe curl_easy_pause(pointer, CURLPAUSE_CONT)
    }

    /// Lets go of everything that belongs to the last request.
    func clear() {
        unsafe ccurl_easy_set_string(pointer, CURLOPT_URL, nil)
        unsafe ccurl_easy_set_list(pointer, CURLOPT_HTTPHEADER, nil)
        unsafe ccurl_easy_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, nil)
    }
}

// MARK: - What became of a request

extension EasyHandle {
    /// The status of the last response, zero before there is one.
    var status: Int {
        var status = 0
        unsafe ccurl_easy_get_long(pointer, CURLINFO_RESPONSE_CODE, &status)
        return status
    }

    /// Bytes of the request that have been written to a connection.
    var bytesSent: Int {
        var size = 0
        unsafe ccurl_easy_get_long(pointer, CURLINFO_REQUEST_SIZE, &size)
        return size
    }

    /// The length of the body as the server announces it.
    var expectedBodyBytes: Int? {
        var length: curl_off_t = -1
        unsafe ccurl_easy_get_offset(pointer, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length)
        return length >= 0 ? Int(length) : nil
    }

    /// The transfer that a handle has been loaded for.
    static func transfer(of pointer: OpaquePointer?) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        unsafe ccurl_easy_get_pointer(pointer, CURLINFO_PRIVATE, &context)
        return unsafe context.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

// MARK: - Options by type

extension EasyHandle {
    private func set(_ option: CURLoption, _ value: Int) throws {
        try check(unsafe ccurl_easy_set_long(pointer, option, value))
    }

    private func setOffset(_ option: CURLoption, _ value: Int) throws {
        try check(unsafe ccurl_easy_set_offset(pointer, option, curl_off_t(value)))
    }

    private func set(_ option: CURLoption, _ value: String) throws {
        try check(unsafe ccurl_easy_set_string(pointer, option, value))
    }

    private func check(_ code: CURLcode) throws {
        guard code == CURLE_OK else { throw TransportError(code, wasSent: false, isOverdue: false) }
    }
}
