import CCurl
import HTTPCore

/// Header lines as libcurl's linked list, freed with the last reference.
@safe final class HeaderList: @unchecked Sendable {
    // `@unchecked Sendable`: nothing changes after `init`, and libcurl only reads.
    let head: UnsafeMutablePointer<curl_slist>?

    init(_ fields: [HeaderField]) throws {
        var list: UnsafeMutablePointer<curl_slist>?
        for field in fields {
            guard let longer = unsafe curl_slist_append(list, field.line) else {
                unsafe curl_slist_free_all(list)
                throw TransportError(.other, "no memory for the headers", mayHaveBeenSent: false)
            }
            unsafe list = longer
        }
        unsafe head = list
    }

    deinit {
        unsafe curl_slist_free_all(head)
    }
}
