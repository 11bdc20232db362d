import Indices

extension Program {
  /// The nodes of an analysis that names none: every string in the location column of a fact, sorted by bytes.
  public var defaultNodes: [Text] {
    let names = facts.compactMap { fact in
      if case .string(let name) = fact.values[0] { name } else { nil }
    }
    return Set(names).sorted()
  }

  /// What is suspicious once nodes and the last round are known, in source order: rules located at a constant that is
  /// no node, messages to one, and facts after the end.
  public func warnings(nodes: [Text], eot: Int) -> [Diagnostic] {
    let known = Set(nodes)
    var list = DiagnosticList()
    for rule in rules {
      for stray in rule.fixedNodes where !known.contains(stray.name) {
        list.report(.locationNotNode(stray, in: rule, nodes: nodes))
      }
    }
    for fact in facts where fact.round > eot { list.report(.factAfterEnd(fact, eot: eot)) }
    return list.sorted
  }
}

/// A constant that stands where a node must.
struct FixedNode {
  let name: Text
  let isDestination: Bool
}

extension Rule {
  /// The constants of this rule that must be nodes for it to fire.
  fileprivate var fixedNodes: [FixedNode] {
    var result: [FixedNode] = []
    if case .constant(.string(let name)) = location {
      result.append(FixedNode(name: name, isDestination: false))
    }
    if timing == .async, case .expression(.constant(.string(let name))) = head[0] {
      result.append(FixedNode(name: name, isDestination: true))
    }
    return result
  }
}

extension Diagnostic {
  /// A fact that the run never reaches.
  fileprivate static func factAfterEnd(_ fact: Fact, eot: Int) -> Diagnostic {
    Diagnostic(
      code: .factAfterEnd, severity: .warning,
      message: "this fact is never reached: it holds in round \(fact.round), and the last round is \(eot)",
      range: fact.range)
  }

  /// A rule at a constant that is no node of the analysis.
  fileprivate static func locationNotNode(_ stray: FixedNode, in rule: Rule, nodes: [Text]) -> Diagnostic {
    let place = stray.isDestination ? "the destination of its message" : "its location"
    return Diagnostic(
      code: .locationNotNode, severity: .warning,
      message: "this rule can never fire: \(place), \(Constant.string(stray.name)), is no node",
      range: rule.range,
      fix: nearest(to: stray.name.string, among: nodes.lazy.map(\.string)).map { "did you mean \"\($0)\"?" })
  }
}
