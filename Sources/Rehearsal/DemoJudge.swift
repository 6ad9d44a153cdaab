import Bellhop
import InboxCore
import ModelStandIn
import Replay

/// Holds what the demo saw against what it should have seen.
struct DemoJudge {
    let visits: [DemoVisitor.Visit]
    let boundTopics: Set<Topic>
    /// The models that fail on purpose, and how.
    let onPurpose: [String]

    func report(from inbox: any Inbox, isQuiet: Bool, bill: BillStatement?) async throws -> DemoReport {
        var report = DemoReport(rows: [], onPurpose: onPurpose, door: [], totals: .init(), surprises: [])
        if !isQuiet { report.surprises.append("the inbox did not come to rest in time") }
        for visit in visits {
            if visit.kind != .genuine || visit.eventID == nil {
                report.door.append(
                    .init(event: "\(visit.name) (\(visit.kind.rawValue))", status: visit.status, answer: visit.answer))
            }
            report.surprises += surprise(at: visit).map { [$0] } ?? []
            guard visit.kind == .genuine, let id = visit.eventID, let event = try await inbox.detail(of: id) else {
                continue
            }
            for job in event.jobs {
                report.rows += DemoReport.Row.rows(of: job, event: visit.name)
                report.totals.add(job)
                report.surprises += surprise(about: job, of: visit).map { [$0] } ?? []
            }
        }
        report.surprises += surprises(about: report.totals, in: try await inbox.counts(), bill: bill)
        return report
    }

    private func surprise(at visit: DemoVisitor.Visit) -> String? {
        let isExpected =
            switch visit.kind {
            case .genuine: visit.status == 200 && visit.answer == "accepted"
            case .duplicate: visit.status == 200 && visit.answer == "duplicate"
            case .forged: visit.status == 401
            }
        return isExpected
            ? nil : "\(visit.name) (\(visit.kind.rawValue)) was answered \(visit.status) \(visit.answer)"
    }

    private func surprise(about job: EventDetail.Job, of visit: DemoVisitor.Visit) -> String? {
        let expected: JobState.Name = boundTopics.contains(visit.topic) ? .done : .held
        guard job.summary.state != expected else { return nil }
        return "\(visit.name) is \(job.summary.state.rawValue) instead of \(expected.rawValue)"
    }

    private func surprises(
        about totals: DemoReport.Totals, in counts: InboxCounts, bill: BillStatement?
    ) -> [String] {
        var surprises: [String] = []
        let genuine = visits.count { $0.kind == .genuine }
        if counts.deliveries != genuine {
            surprises.append("\(counts.deliveries) deliveries are stored, but \(genuine) were genuine and new")
        }
        guard let bill else { return surprises }
        if bill.cost != totals.cost {
            surprises.append("the models billed \(bill.cost), but \(totals.cost) was recorded")
        }
        if !onPurpose.isEmpty, totals.fallbacks == 0 {
            surprises.append("no answer came from a fallback, although \(onPurpose.joined(separator: " and "))")
        }
        return surprises
    }
}
