/// Rows in aligned columns, with a line of titles.
///
/// Cells may hold text from outside: what could steer a terminal is removed.
package struct Table: Sendable {
    package var columns: [Column]
    package private(set) var rows: [[Cell]] = []

    package struct Column: Sendable {
        package var title: String
        package var alignment: Alignment
        /// The most columns of the terminal it takes; longer cells end in an ellipsis. `nil` for any width.
        package var maxWidth: Int?

        package init(_ title: String, alignment: Alignment = .left, maxWidth: Int? = nil) {
            self.title = title
            self.alignment = alignment
            self.maxWidth = maxWidth
        }
    }

    package enum Alignment: Sendable {
        case left, right
    }

    package struct Cell: Sendable, ExpressibleByStringLiteral {
        package var text: String
        package var tint: Tint?

        package init(_ text: String, tint: Tint? = nil) {
            self.text = text
            self.tint = tint
        }

        package init(stringLiteral value: String) {
            self.init(value)
        }
    }

    package init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row. Missing cells are empty, cells beyond the last column are left out.
    package mutating func add(_ cells: [Cell]) {
        let missing = max(0, columns.count - cells.count)
        rows.append(cells.prefix(columns.count) + Array(repeating: "", count: missing))
    }

    /// The table as lines, each ended by a newline.
    package func rendered(_ style: Style) -> String {
        let titles = columns.map { Cell($0.title, tint: .heading) }
        let lines = ([titles] + rows).map { row in zip(row, columns).map(Self.fitted) }
        let widths = columns.indices.map { index in
            lines.map { $0[index].text.displayWidth }.max() ?? 0
        }
        return lines.map { line($0, widths: widths, style: style) + "\n" }.joined()
    }

    private static func fitted(_ cell: Cell, column: Column) -> Cell {
        let text = cell.text.printable
        return Cell(column.maxWidth.map(text.fitting) ?? text, tint: cell.tint)
    }

    private func line(_ cells: [Cell], widths: [Int], style: Style) -> String {
        var parts: [String] = []
        for (index, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: widths[index] - cell.text.displayWidth)
            let painted = style.paint(cell.text, cell.tint)
            switch columns[index].alignment {
            case .right: parts.append(padding + painted)
            // Nothing follows the last column, so it needs no padding.
            case .left: parts.append(index == cells.count - 1 ? painted : painted + padding)
            }
        }
        return parts.joined(separator: "  ")
    }
}
