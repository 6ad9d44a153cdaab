import HTTPTypes

/// What a method and a path ask for. Nothing else of the request is looked at.
enum Route: Equatable {
    case webhook
    case health
    case notFound
    case methodNotAllowed(allow: String)

    /// - Parameter target: the path as received, with its query.
    init(_ method: HTTPRequest.Method, _ target: String) {
        let path = target.prefix { $0 != "?" }
        if path == "/healthz" {
            self = method == .get || method == .head ? .health : .methodNotAllowed(allow: "GET, HEAD")
        } else if Self.isWebhookPath(path) {
            self = method == .post ? .webhook : .methodNotAllowed(allow: "POST")
        } else {
            self = .notFound
        }
    }

    /// `/webhooks` and plain paths below it. A path that a proxy might read differently from us is not one of ours:
    /// dot segments, empty segments, percent escapes, anything outside the unreserved characters.
    private static func isWebhookPath(_ path: Substring) -> Bool {
        let root = "/webhooks"
        guard path.hasPrefix(root) else { return false }
        let rest = path.utf8.dropFirst(root.utf8.count)
        guard let first = rest.first else { return true }
        guard first == UInt8(ascii: "/") else { return false }
        guard rest.count > 1 else { return true }
        return rest.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8)
                && $0.allSatisfy(\.isUnreservedInPaths)
        }
    }
}

extension UInt8 {
    fileprivate var isUnreservedInPaths: Bool {
        isASCIILetterOrDigit
            || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~")].contains(self)
    }
}
