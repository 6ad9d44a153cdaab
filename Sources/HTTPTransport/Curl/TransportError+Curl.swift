import CCurl
import HTTPCore

extension TransportError {
    /// Tells libcurl's reasons apart. The message is libcurl's own text for the code, which holds no value.
    ///
    /// - Parameters:
    ///   - wasSent: whether a byte of the request has been written.
    ///   - isOverdue: whether the limit for the whole exchange has passed.
    init(_ code: CURLcode, wasSent: Bool, isOverdue: Bool) {
        self.init(
            Code(code, wasSent: wasSent, isOverdue: isOverdue), unsafe String(cString: curl_easy_strerror(code)),
            mayHaveBeenSent: wasSent)
    }
}

extension TransportError.Code {
    fileprivate init(_ code: CURLcode, wasSent: Bool, isOverdue: Bool) {
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_LOGIN_DENIED:
            // The second is also libcurl's word for a server that does not speak HTTP.
            self = wasSent ? .other : .invalidRequest
        case CURLE_COULDNT_RESOLVE_HOST:
            self = .nameNotResolved
        case CURLE_COULDNT_CONNECT:
            self = .notConnected
        case CURLE_OPERATION_TIMEDOUT:
            // Libcurl has one code for both limits.
            self = wasSent || isOverdue ? .timeout : .notConnected
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_ABORTED_BY_CALLBACK:
            self = wasSent ? .connectionLost : .notConnected
        case CURLE_WRITE_ERROR, CURLE_FILESIZE_EXCEEDED:
            // Our callbacks refuse bytes for one reason only.
            self = .responseTooLarge
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_INITFAILED,
            CURLE_USE_SSL_FAILED:
            self = .tls
        default:
            self = .other
        }
    }
}
