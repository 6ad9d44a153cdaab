import Doctor
import Terminal

/// What the doctor found, as people read it.
enum FindingText {
    /// A line for each finding, and one below it for what to do next.
    static func lines(of findings: [Finding], style: Style) -> String {
        findings.map { finding in
            let status = style.paint(finding.status.rawValue.padded(to: 4), finding.status.tint)
            let text = "\(finding.subject): \(finding.message)".printable
            let line = "\(status)  \(finding.check.rawValue.padded(to: 13))  \(text)\n"
            return line + (finding.advice.map { "\(String(repeating: " ", count: 21))→ \($0.printable)\n" } ?? "")
        }.joined()
    }

    static func summary(of findings: [Finding], style: Style) -> String {
        func count(_ status: Finding.Status) -> Int { findings.count { $0.status == status } }
        let (warnings, failures) = (count(.warn), count(.fail))
        let text =
            "\(findings.count.counted("check")): \(warnings.counted("warning")), \(failures) failed"
        return style.paint(text, failures > 0 ? .failure : warnings > 0 ? .warning : .success)
    }
}

extension Finding.Status {
    fileprivate var tint: Tint {
        switch self {
        case .ok: .success
        case .warn: .warning
        case .fail: .failure
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
