/// Finds the name that was probably meant.
package struct NearestName {
    let names: [String]

    package init(names: [String]) {
        self.names = names
    }

    /// Words that tell what to write instead of a name that is not there.
    package func advice(for wrong: String) -> String {
        if let near = nearest(to: wrong) { return "write \"\(near)\"" }
        if names.isEmpty { return "none is configured yet" }
        let some = names.sorted().prefix(5).map { "\"\($0)\"" }.joined(separator: ", ")
        return "write one of \(some)\(names.count > 5 ? ", …" : "")"
    }

    /// The closest name, when no more than a third of it differs.
    package func nearest(to wrong: String) -> String? {
        let rated = names.map { name in (name, EditDistance.from(wrong.lowercased(), to: name.lowercased())) }
        guard let (name, distance) = rated.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { return nil }
        return distance * 3 <= max(name.count, 3) ? name : nil
    }
}
