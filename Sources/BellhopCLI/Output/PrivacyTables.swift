import Foundation
import InboxCore
import Terminal

/// Erasures and customers' requests as people read them.
enum PrivacyTables {
    static func overview(_ overview: PrivacyOverview, style: Style) -> String {
        var parts = [facts(overview).rendered(style)]
        if !overview.erasures.isEmpty { parts.append(erasures(overview.erasures).rendered(style)) }
        if !overview.dataRequests.isEmpty { parts.append(requests(overview.dataRequests).rendered(style)) }
        return parts.joined(separator: "\n")
    }

    static func detail(_ erasure: ErasureRecord) -> Table {
        var table = Table([.init("erasure"), .init(erasure.id)])
        let counts = erasure.counts.sorted { $0.key < $1.key }.map { ("erased: \($0.key)", "\($0.value)") }
        let rows =
            [
                ("kind", erasure.kind.rawValue), ("subject", erasure.subject), ("webhook id", erasure.webhookID),
                ("requested", erasure.requestedAt.formatted(.iso8601)), ("finished", moment(erasure.finishedAt)),
            ] + counts
        for (name, value) in rows { table.add([Table.Cell(name), Table.Cell(value)]) }
        return table
    }

    static func detail(_ request: DataRequestRecord) -> Table {
        var table = Table([.init("request"), .init(request.id)])
        let exports = request.exports.map { export in
            (
                "export",
                "\(export.id), \(export.bytes.byteSize), until \(export.expiresAt.formatted(.iso8601)), "
                    + (export.openedAt == nil ? "not taken out yet" : "taken out")
            )
        }
        let rows =
            [
                ("shop", request.shop), ("requested", request.requestedAt.formatted(.iso8601)),
                ("due", request.dueAt.formatted(.iso8601)), ("made", moment(request.madeAt)),
            ] + exports
        for (name, value) in rows { table.add([Table.Cell(name), Table.Cell(value)]) }
        return table
    }

    private static func facts(_ overview: PrivacyOverview) -> Table {
        var table = Table([.init("privacy"), .init("")])
        let seal =
            switch (overview.storageKey, overview.isSealed) {
            case (nil, _): "nothing; BELLHOP_STORAGE_KEY is not set"
            case (let key?, true): "everything, with the key \(key)"
            case (let key?, false): "what is new, with the key \(key); what is older follows"
            }
        let rows = [
            ("sealed", seal), ("database in use", overview.bytesUsed.byteSize),
            ("not indexed yet", "\(overview.unindexed) deliveries"),
        ]
        for (name, value) in rows { table.add([Table.Cell(name), Table.Cell(value)]) }
        return table
    }

    private static func erasures(_ erasures: [ErasureRecord]) -> Table {
        var table = Table([
            .init("erasure"), .init("kind"), .init("subject"), .init("requested"), .init("finished"),
            .init("payloads", alignment: .right),
        ])
        for erasure in erasures {
            table.add(
                [
                    erasure.id, erasure.kind.rawValue, String(erasure.subject.prefix(12)),
                    erasure.requestedAt.formatted(.iso8601), moment(erasure.finishedAt),
                    "\(erasure.counts["payloads"] ?? 0)",
                ].map { Table.Cell($0) })
        }
        return table
    }

    private static func requests(_ requests: [DataRequestRecord]) -> Table {
        var table = Table([
            .init("request"), .init("shop"), .init("requested"), .init("due"), .init("export"), .init("taken out"),
        ])
        for request in requests {
            let files = request.exports.isEmpty ? [ExportRecord?.none] : request.exports.map { $0 }
            for file in files {
                table.add(
                    [
                        request.id, request.shop, request.requestedAt.formatted(.iso8601),
                        request.dueAt.formatted(.iso8601),
                        file?.id ?? (request.madeAt == nil ? "being made" : "erased, or its time is over"),
                        file?.openedAt.map { $0.formatted(.iso8601) } ?? "",
                    ].map { Table.Cell($0) })
            }
        }
        return table
    }

    private static func moment(_ date: Date?) -> String {
        date?.formatted(.iso8601) ?? "not yet"
    }
}
