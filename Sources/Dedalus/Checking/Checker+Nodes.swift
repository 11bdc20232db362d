import Texts

extension Checker {
  /// The nodes of `nodes` statements; nil where there is none.
  var declaredNodes: [Text]? {
    tree.declaredNodes.isEmpty ? nil : tree.declaredNodes.map { symbols.texts[$0.name] }
  }

  /// Reports nodes that are declared twice, and warns of facts at strings that are not among them, of each at
  /// the first.
  mutating func checkNodes() {
    guard !tree.declaredNodes.isEmpty else { return }
    var declared: [Symbol: SourceRange] = [:]
    for node in tree.declaredNodes {
      if let first = declared[node.name] {
        diagnostics.report(.nodeTwice(symbols[node.name], at: node.range, first: first))
      } else {
        declared[node.name] = node.range
      }
    }
    let names = tree.declaredNodes.map { symbols[$0.name] }
    var told: Set<Symbol> = []
    for fact in tree.facts where diagnostics.hasRoomForWarnings {
      let column = tree.columns[fact.atom.columns.lowerBound]
      guard case .string(let name) = tree.nodes[column].kind, declared[name] == nil,
        told.insert(name).inserted
      else { continue }
      let isEarly = told.count <= DiagnosticRenderer.shownCount
      diagnostics.report(
        .undeclaredNode(
          symbols[name], at: tree.range(of: column, in: fact.file),
          suggestion: isEarly ? nearest(to: symbols[name], among: names) : nil))
    }
  }
}
