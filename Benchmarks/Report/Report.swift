import Foundation

/// What was measured, as Markdown.
package struct Report {
    private var sections: [Section] = []

    package struct Section {
        private let title: String
        private let explanation: String
        private let columns: [String]
        private var rows: [[String]] = []
        package init(_ title: String, _ explanation: String, columns: [String]) {
            self.title = title
            self.explanation = explanation
            self.columns = columns
        }

        package mutating func add(_ cells: String...) {
            rows.append(cells)
        }

        package var text: String {
            let header = "| " + columns.joined(separator: " | ") + " |\n|" + columns.map { _ in " --- |" }.joined()
            let lines = rows.map { "| " + $0.joined(separator: " | ") + " |" }
            let table = ([header] + lines).joined(separator: "\n")
            return "## \(title)\n\n\(explanation)\n\n\(table)\n"
        }
    }

    package init() {}

    package mutating func add(_ section: Section) {
        sections.append(section)
    }

    package var text: String {
        """
        # Results

        Written by `make bench`; read the ratios, not the absolute numbers. Machine: \(Machine.description).

        \(sections.map(\.text).joined(separator: "\n"))
        """
    }
}

/// The machine that measures.
enum Machine {
    static var description: String {
        let processor = value(of: "model name", in: "/proc/cpuinfo") ?? "unknown processor"
        let memory = value(of: "MemTotal", in: "/proc/meminfo").flatMap { Double($0.split(separator: " ").first ?? "") }
        let gigabytes = memory.map { "\(Int(($0 / 1_048_576).rounded())) GiB" } ?? "unknown memory"
        let kernel = (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)) ?? "unknown"
        return "\(processor), \(ProcessInfo.processInfo.activeProcessorCount) cores, \(gigabytes), Linux "
            + kernel.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func value(of key: String, in file: String) -> String? {
        let text = try? String(contentsOfFile: file, encoding: .utf8)
        let line = text?.split(separator: "\n").first { $0.hasPrefix(key) }
        return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
