import CCurl

// What libcurl calls while it performs, on the curl thread. Each finds the transfer it was given and says whether to
// go on; taking fewer bytes than offered ends a transfer.

/// Takes a part of the body.
let takeBody: curl_write_callback = { bytes, size, count, context in
    guard let transfer = unsafe transfer(context) else { return 0 }
    let part = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    switch unsafe transfer.takeBody(part) {
    case .taken: return part.count
    case .putOff: return Int(CURL_WRITEFUNC_PAUSE)
    case .refused: return 0
    }
}

/// Takes one line of the headers.
let takeHeader: curl_write_callback = { bytes, size, count, context in
    guard let transfer = unsafe transfer(context) else { return 0 }
    let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    return unsafe transfer.takeHeader(line) ? line.count : 0
}

/// Asked when a connection stands and the request is about to be written to it.
let permitRequest: curl_prereq_callback = { context, _, _, _, _ in
    guard let transfer = unsafe transfer(context), transfer.mayBeWritten else { return CURL_PREREQFUNC_ABORT }
    return CURL_PREREQFUNC_OK
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    unsafe context.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}
