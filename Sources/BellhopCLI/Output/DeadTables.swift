import Foundation
import InboxCore
import Terminal
import Vocabulary

/// What failed, as people read it.
enum DeadTables {
    static func groups(_ groups: [DeadGroup]) -> Table {
        var table = Table([
            .init("fingerprint"), .init("handler"), .init("events", alignment: .right),
            .init("held", alignment: .right), .init("shops", maxWidth: 40), .init("last"),
            .init("cost each", alignment: .right), .init("to run again", alignment: .right),
            .init("reason", maxWidth: 70),
        ])
        for group in groups {
            table.add(
                [
                    group.fingerprint, group.handlerID, group.count.grouped, group.held.grouped,
                    shops(group.shops, atMost: 2), group.lastAt.formatted(.iso8601), group.meanCost.description,
                    group.expectedCost.description, group.reason,
                ].map { Table.Cell($0) })
        }
        return table
    }

    /// What running a group again means, before it is done.
    static func plan(for group: DeadGroup, style: Style) -> String {
        var table = Table([.init("group"), .init(group.fingerprint)])
        let held = group.held > 0 ? ", \(group.held.grouped) of them held" : ""
        let facts = [
            ("handler", group.handlerID), ("reason", group.reason), ("events", group.count.grouped + held),
            ("failed", "\(group.firstAt.formatted(.iso8601)) to \(group.lastAt.formatted(.iso8601))"),
            ("shops", shops(group.shops, atMost: DeadGroup.mostShops)),
            ("expected cost", group.expectedCost.description),
        ]
        for (name, value) in facts { table.add([Table.Cell(name), Table.Cell(value)]) }
        return table.rendered(style)
    }

    private static func shops(_ shops: [DeadGroup.ShopCount], atMost most: Int) -> String {
        let shown = shops.prefix(most).map { "\($0.shop.shopName) (\($0.count.grouped))" }.joined(separator: ", ")
        return shops.count > most ? "\(shown) and more" : shown
    }
}
