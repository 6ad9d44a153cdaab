import Console
import Foundation
import Terminal

/// Refusals as people read them.
enum RefusalTables {
    static func text(_ report: RefusalReport, withHeaders: Bool, style: Style) -> String {
        guard !report.counts.isEmpty else { return "nothing has been refused\n" }
        var parts = [counts(report.counts).rendered(style), requests(report.recent).rendered(style)]
        if withHeaders { parts += report.recent.filter { !$0.headers.isEmpty }.map { headers($0).rendered(style) } }
        if report.alarm.isRaised { parts.insert(style.paint(alarm(report.alarm).printable, .warning) + "\n", at: 0) }
        return parts.joined(separator: "\n")
    }

    private static func alarm(_ alarm: RefusalReport.Alarm) -> String {
        let reason = alarm.reason.map { ", most as \($0)" } ?? ""
        return "deliveries are being refused: \(alarm.refused) of the last minute's "
            + "\(alarm.accepted + alarm.refused)\(reason)"
    }

    private static func counts(_ counts: [String: Int]) -> Table {
        var table = Table([.init("reason"), .init("refused", alignment: .right)])
        for (reason, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            table.add([.init(reason), .init(String(count))])
        }
        return table
    }

    private static func requests(_ requests: [RefusalReport.Request]) -> Table {
        var table = Table([
            .init("at"), .init("reason"), .init("address"), .init("request", maxWidth: 50),
            .init("shop", maxWidth: 50), .init("topic", maxWidth: 40),
        ])
        for request in requests {
            let line = [request.method, request.path].compactMap { $0 }.joined(separator: " ")
            table.add(
                [
                    request.at.formatted(.iso8601), request.reason, request.address ?? "not known",
                    line.isEmpty ? "not read" : line, request.header(endingIn: "shopify-shop-domain"),
                    request.header(endingIn: "shopify-topic"),
                ].map { Table.Cell($0) })
        }
        return table
    }

    private static func headers(_ request: RefusalReport.Request) -> Table {
        var table = Table([.init(request.at.formatted(.iso8601)), .init(request.reason, maxWidth: 130)])
        for header in request.headers { table.add([.init(header.name), .init(header.value ?? "(not kept)")]) }
        return table
    }
}

extension RefusalReport.Request {
    fileprivate func header(endingIn name: String) -> String {
        headers.first { $0.name.hasSuffix(name) }?.value ?? ""
    }
}
