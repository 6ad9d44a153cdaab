import CCurl

/// libcurl as a whole.
enum CurlLibrary {
    /// The first use sets libcurl up; Swift sees to it that this happens once.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
