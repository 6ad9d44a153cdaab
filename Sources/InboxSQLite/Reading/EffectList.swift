import Bellhop
import Foundation
import GRDB
import InboxCore

/// Lists effects, newest first. Each state is a query of its own that runs backwards along an index.
struct EffectList {
    static let columns = """
        effects.*, deliveries.id AS delivery_id, deliveries.shop FROM effects
        CROSS JOIN deliveries ON deliveries.seq = effects.delivery
        """

    let filter: EffectFilter

    func fetch(_ db: Database) throws -> [EffectSummary] {
        let states = filter.states.isEmpty ? Set(EffectState.Name.allCases) : filter.states
        return try states.flatMap { try fetch($0, db) }
            .sorted { $0.id > $1.id }
            .prefix(filter.limit)
            .map(\.summary)
    }

    private func fetch(_ state: EffectState.Name, _ db: Database) throws -> [(id: Int64, summary: EffectSummary)] {
        var arguments: StatementArguments = []
        if let kind = filter.kind { arguments += [kind.rawValue] }
        if let destination = filter.destination { arguments += [EffectLane(.post, destination: destination).text] }
        if let shop = filter.shop { arguments += [shop.domain] }
        arguments += [filter.limit]
        return try Row.fetchAll(db.cachedStatement(sql: Self.sql(for: state, filter)), arguments: arguments).map {
            row in
            (id: try row.decode(forKey: "id"), summary: try EffectSummary(row))
        }
    }

    static func sql(for state: EffectState.Name, _ filter: EffectFilter) -> String {
        let kind = filter.kind == nil ? "" : "AND effects.kind = ?"
        let lane = filter.destination == nil ? "" : "AND effects.lane = ?"
        let shop = filter.shop == nil ? "" : "AND deliveries.shop = ?"
        return """
            SELECT \(columns) WHERE effects.state = '\(state.rawValue)' \(kind) \(lane) \(shop)
            ORDER BY effects.id DESC LIMIT ?
            """
    }
}

extension EffectSummary {
    /// - Parameter row: with the columns of an `EffectList`.
    init(_ row: Row) throws {
        guard let lane = EffectLane(text: try row.decode(forKey: "lane")) else { throw DamagedRow(column: "lane") }
        self.init(
            key: try row.decode(forKey: "key"),
            deliveryID: try row.decode(UUID.self, forKey: "delivery_id").deliveryID,
            handlerID: try row.decode(forKey: "handler"), shop: try row.shop(), lane: lane,
            record: try EffectRow(row).record(from: row),
            plannedAt: try row.decode(Timestamp.self, forKey: "planned_at").date)
    }
}

extension EffectDetail {
    static func fetch(_ db: Database, key: String, sealing: Sealing) throws -> EffectDetail? {
        let statement = try db.cachedStatement(sql: "SELECT \(EffectList.columns) WHERE effects.key = ?")
        guard let row = try Row.fetchOne(statement, arguments: [key]) else { return nil }
        let entry = try Effects.Entry(row)
        let effects = Effects(db: db, sealing: sealing)
        let behind = try effects.ofJob(entry.job).first {
            $0.position < entry.position && $0.record.state.name.holdsUpLater
        }
        return EffectDetail(
            summary: try EffectSummary(row), effect: try effects.effect(of: entry),
            mayHaveArrived: entry.record.mayHaveArrived, behind: behind?.key)
    }
}
