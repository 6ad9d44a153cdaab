import Yams

/// On which line of a file each of its values begins.
package struct LineMap: Sendable {
    private var lines: [[String]: Int] = [:]

    /// - Parameter node: the root of the document; it must not have more values than ``YAMLDocument`` lets through.
    init(_ node: Node) {
        collect(node, at: [])
    }

    /// For a configuration that was not read from a file.
    package init() {}

    /// The line of a value, or of the innermost mapping or list around it that is in the file; `nil` when none is.
    ///
    /// - Parameter path: keys, and positions in lists as decimal digits, outermost first.
    package func line(of path: [String]) -> Int? {
        var path = path[...]
        while !path.isEmpty {
            if let line = lines[Array(path)] { return line }
            path.removeLast()
        }
        return nil
    }

    private mutating func collect(_ node: Node, at path: [String]) {
        if let mapping = node.mapping {
            for (key, value) in mapping {
                guard let name = key.scalar?.string else { continue }
                lines[path + [name]] = key.mark?.line
                collect(value, at: path + [name])
            }
        } else if let sequence = node.sequence {
            for (index, value) in sequence.enumerated() {
                lines[path + [String(index)]] = value.mark?.line
                collect(value, at: path + [String(index)])
            }
        }
    }
}
