/// Finds all of a set of phrases in a text in one pass, however many there are (Aho and Corasick's automaton).
struct PhraseFinder: Sendable {
    private struct Edge: Hashable {
        var node: Int
        var scalar: Unicode.Scalar
    }

    private struct Node {
        /// The node of the longest proper ending of this node's text that begins a phrase.
        var fallback = 0
        /// The length of the phrase that ends here; 0 for none.
        var length = 0
        /// The nearest fallback at which a phrase ends; 0 for none.
        var shorter = 0
    }

    private var edges: [Edge: Int] = [:]
    private var nodes = [Node()]

    init(_ phrases: Set<[Unicode.Scalar]>) {
        var levels: [[(edge: Edge, child: Int)]] = []
        for phrase in phrases {
            var node = 0
            for (depth, scalar) in phrase.enumerated() {
                let edge = Edge(node: node, scalar: scalar)
                if let child = edges[edge] {
                    node = child
                } else {
                    nodes.append(Node())
                    node = nodes.count - 1
                    edges[edge] = node
                    if levels.count == depth { levels.append([]) }
                    levels[depth].append((edge, node))
                }
            }
            nodes[node].length = phrase.count
        }
        // A fallback is always nearer to the root than its node.
        for (edge, child) in levels.dropFirst().joined() {
            let fallback = step(from: nodes[edge.node].fallback, by: edge.scalar)
            nodes[child].fallback = fallback
            nodes[child].shorter = nodes[fallback].length > 0 ? fallback : nodes[fallback].shorter
        }
    }

    var isEmpty: Bool { nodes.count == 1 }

    /// Calls `body` with the range of every phrase found, by its end.
    func find(in text: [Unicode.Scalar], _ body: (Range<Int>) -> Void) {
        var node = 0
        for (index, scalar) in text.enumerated() {
            node = step(from: node, by: scalar)
            var ending = nodes[node].length > 0 ? node : nodes[node].shorter
            while ending > 0 {
                body(index + 1 - nodes[ending].length..<index + 1)
                ending = nodes[ending].shorter
            }
        }
    }

    private func step(from node: Int, by scalar: Unicode.Scalar) -> Int {
        var node = node
        while true {
            if let child = edges[Edge(node: node, scalar: scalar)] { return child }
            guard node > 0 else { return 0 }
            node = nodes[node].fallback
        }
    }
}
