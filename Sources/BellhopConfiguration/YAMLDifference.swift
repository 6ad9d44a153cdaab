import Yams

/// The innermost values in which two YAML trees differ.
struct YAMLDifference {
    /// Keys with dots between them.
    private(set) var paths: [String] = []

    init(_ old: Node, _ new: Node) {
        compare(old, new, at: "")
    }

    private mutating func compare(_ old: Node, _ new: Node, at path: String) {
        guard old != new else { return }
        guard let before = old.mapping, let after = new.mapping else {
            paths.append(path.isEmpty ? "everything" : path)
            return
        }
        for (key, value) in after {
            let place = path.isEmpty ? key.name : "\(path).\(key.name)"
            if let earlier = before[key] {
                compare(earlier, value, at: place)
            } else {
                paths.append("\(place) (added)")
            }
        }
        for (key, _) in before where after[key] == nil {
            paths.append("\(path.isEmpty ? key.name : "\(path).\(key.name)") (removed)")
        }
    }
}

extension Node {
    fileprivate var name: String {
        scalar?.string ?? "?"
    }
}
