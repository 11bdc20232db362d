// What several kinds of faults share.

import Texts

extension FaultKind {
  /// Nothing else happens to the node of `fault` in its rounds, nor right before or after them.
  func onePerNode(_ fault: Fault) -> Occupation? {
    guard case .node(let node) = fault.subject else { return nil }
    return Occupation(.node(node), from: fault.round, through: fault.until)
  }

  /// Of one kind, only one fault strikes the messages of a link in a round.
  func oncePerMessage(_ fault: Fault) -> Occupation? {
    guard case .link(let link) = fault.subject else { return nil }
    return Occupation(.link(link, fault.kind), from: fault.round, through: fault.round)
  }

  /// That nothing is sent on the link of `fault`.
  func nothingSentSentence(of fault: Fault, _ nodes: Nodes) -> String {
    guard case .link(let link) = fault.subject else { return "" }
    return "\(nodes.word(link.sender)) sends nothing to \(nodes.word(link.receiver)) "
      + "in round \(fault.round.rawValue)"
  }

  /// Draws a number of faults from none to the budget, each of them uniform among those that are possible.
  public func draw(
    using random: inout SplitMix, from possible: PossibleFaults, within bounds: Bounds
  ) -> [Fault] {
    guard let kind = KindID(named: name), let most = bounds.most(of: kind), most > 0 else { return [] }
    let count = random.number(below: min(most, possible.count(of: kind)) + 1)
    return (0..<count).compactMap { _ in possible.draw(kind, using: &random) }
  }
}

extension Fault {
  /// The rounds of a fault that passes: `round 3` or `rounds 3 to 5`.
  package var roundsText: String {
    extent < 2 ? "round \(round.rawValue)" : "rounds \(round.rawValue) to \(until.rawValue - 1)"
  }

  /// The fact that a fault strikes, as it is written in a program.
  var factText: String {
    guard case .fact(let fact) = subject else { return "" }
    return fact.text(in: round).showingEverything
  }
}

extension Fault.Subject {
  /// The subject in words: `a`, `a sends to b`, `{a, b}`.
  package func words(_ nodes: Nodes) -> String {
    switch self {
    case .node(let node): nodes.word(node)
    case .link(let link): "\(nodes.word(link.sender)) sends to \(nodes.word(link.receiver))"
    case .side(let side) where side.count == 1: nodes.word(side.nodes[0])
    case .side(let side): "{\(side.nodes.map(nodes.word).joined(separator: ", "))}"
    case .fact(let fact): "\(fact.relation.string)(\(fact.values.map(\.description).joined(separator: ", ")))"
    }
  }
}

extension Nodes {
  /// The name of `node`, fit to be shown.
  func word(_ node: NodeID) -> String { self[node].string.showingEverything }
}
