import Bellhop
import Foundation
import InboxCore

/// What `GET /api/health` tells about the parts.
struct Details: Sendable {
    let door: DoorHealth
    let privacy: any PrivacyStore

    var json: JSONValue {
        get async {
            var parts: [String: JSONValue] = [:]
            if case .object(let door) = door.asJSON { parts = door }
            parts["privacy"] = (try? await privacy.overview(limit: 100)).map(Self.summary)
            return .object(parts)
        }
    }

    private static func summary(of overview: PrivacyOverview) -> JSONValue {
        [
            "open_erasures": .integer(Int64(overview.erasures.count { $0.finishedAt == nil })),
            "open_data_requests": .integer(Int64(overview.dataRequests.count { $0.madeAt == nil })),
            "unindexed": .integer(Int64(overview.unindexed)),
            "database_bytes": .integer(Int64(overview.bytesUsed)),
            "sealed": .bool(overview.storageKey != nil),
        ]
    }
}
