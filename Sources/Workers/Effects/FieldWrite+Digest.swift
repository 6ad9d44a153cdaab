import Bellhop
import InboxCore

extension FieldWrite {
    /// A write as it is remembered: by digests.
    static func all(of write: Effect.Write) -> [FieldWrite] {
        write.fields.sorted { $0.key < $1.key }.compactMap { field, value in
            FieldDigest.of(value).map { FieldWrite(resource: write.resource.path, field: field, digest: $0) }
        }
    }
}

extension ResourceID {
    /// Type and id as deliveries name their resource, for example `Order/6021473918231`.
    var path: String {
        gid.split(separator: "/", omittingEmptySubsequences: false).suffix(2).joined(separator: "/")
    }
}
