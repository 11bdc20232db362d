// Which faults are admissible, alone and together. Whoever lists, draws, encodes or reads fault sets asks
// here.

import Indices
import Texts

extension Bounds {
  /// Whether `set` is admissible.
  public func admits(_ set: FaultSet) -> Bool { objection(to: set) == nil }

  /// Whether `scenario` is admissible: its faults, and its inputs.
  public func admits(_ scenario: Scenario) -> Bool {
    admits(scenario.faults) && possibleInputs.admits(scenario.inputs)
  }

  /// Why `set` is not admissible, as a phrase; nil where it is.
  public func objection(to set: FaultSet) -> String? {
    for fault in set.faults {
      if let objection = objection(to: fault) { return objection }
    }
    for kind in KindID.allIDs {
      let count = set.faults.count { $0.kind == kind }
      if let most = most(of: kind), count > most {
        return "more \(kind.meaning.plural) than the bounds allow"
      }
    }
    return set.conflict.map { $0.0.conflictText(with: $0.1, nodes) }
  }

  /// Whether `fault` may occur, without regard to the number of faults of its kind.
  public func covers(_ fault: Fault) -> Bool { obstacle(to: fault) == nil }

  /// Why `fault` may not occur, as a phrase; nil where it may, without regard to the number of faults of its
  /// kind.
  public func objection(to fault: Fault) -> String? {
    obstacle(to: fault).map { obstacle in
      let reason =
        switch obstacle {
        case .subject: subjectRule(fault.subject)
        case .round(let rounds) where rounds.isEmpty: "with EOT \(eot) and EFF \(eff) none is possible"
        case .round(let rounds) where rounds.count == 1:
          "with EOT \(eot) and EFF \(eff) it begins in round \(rounds.lowerBound)"
        case .round(let rounds):
          "with EOT \(eot) and EFF \(eff) it begins in a round from \(rounds.lowerBound) to \(rounds.upperBound - 1)"
        case .extent(let extents) where extents.isEmpty:
          "with EOT \(eot) and EFF \(eff) none is possible from round \(fault.round.rawValue) on"
        case .extent(let extents):
          fault.meaning.measure == .late
            ? "a message of round \(fault.round.rawValue) comes at most \(counted(extents.upperBound - 1, "round")) late"
            : "from round \(fault.round.rawValue) on it takes at most \(counted(extents.upperBound - 1, "round"))"
        }
      return "the fault '\(fault.text(nodes))' lies outside the bounds: \(reason)"
    }
  }

  /// What keeps a fault outside the bounds.
  private enum Obstacle {
    case subject
    case round(Range<Int>)
    case extent(Range<Int>)
  }

  private func obstacle(to fault: Fault) -> Obstacle? {
    guard admits(fault.subject, in: fault.round) else { return .subject }
    let rounds = fault.meaning.rounds(within: self)
    guard rounds.contains(fault.round.position) else { return .round(rounds) }
    let extents = fault.meaning.extents(from: fault.round.position, within: self)
    return extents.contains(fault.extent) ? nil : .extent(extents)
  }

  /// The rule that a subject breaks that faults may not strike.
  private func subjectRule(_ subject: Fault.Subject) -> String {
    switch subject {
    case .node(let node): "\(nodes[node].string) is spared"
    case .link(let link) where link.sender == link.receiver: "a message to oneself always arrives"
    case .link(let link): "\(nodes[link.sender].string)>\(nodes[link.receiver].string) is spared"
    case .side: "the split '\(budgets.split.rawValue)' has no such side"
    case .fact: "the program has no such fact"
    }
  }

  /// Whether faults may strike `subject` in `round`.
  private func admits(_ subject: Fault.Subject, in round: Round) -> Bool {
    switch subject {
    case .node(let node): !budgets.spared.nodes.contains(node)
    case .link(let link): link.sender != link.receiver && !budgets.spared.links.contains(link)
    case .side(let side): nodes.isSide(side, of: budgets.split)
    case .fact(let fact): facts.contains(TimedFact(fact, in: round))
    }
  }

  /// The rounds in which a fault that takes several rounds may begin, from `first` on.
  func windowStarts(from first: Int) -> Range<Int> { first..<max(first, min(eff, eot)) }

  /// How many rounds a fault may take that begins in `round`.
  func windowLengths(from round: Int) -> Range<Int> {
    1..<max(1, min(budgets.window, min(eff, eot) - round) + 1)
  }

  /// By how many rounds a message of `round` may come late.
  func latenesses(from round: Int) -> Range<Int> { 1..<max(1, min(budgets.late, eff - 1 - round) + 1) }

  /// Groups of indices in `faults`: of each group, at most one fault may be in a fault set, and two faults
  /// that exclude each other are in some group together. The groups are ordered by their places.
  ///
  /// Faults at one place are intervals of rounds, and intervals that meet pairwise have a round in common. So
  /// the groups are the faults that occupy a place in one round, for the rounds in which one of them begins.
  public func exclusions(among faults: [Fault]) -> [[Int]] {
    var places: [Occupation.Place: [(index: Int, occupation: Occupation)]] = [:]
    for (index, fault) in faults.enumerated() {
      guard let occupation = fault.meaning.occupation(of: fault) else { continue }
      places[occupation.place, default: []].append((index, occupation))
    }
    return places.sorted { $0.key < $1.key }.flatMap { Self.cliques($0.value) }
  }

  private static func cliques(_ members: [(index: Int, occupation: Occupation)]) -> [[Int]] {
    var cliques: [[Int]] = []
    for round in Set(members.map(\.occupation.first)).sorted(by: >) {
      let clique = members.filter { $0.occupation.contains(round) }.map(\.index)
      let isNew = !cliques.contains { Set($0).isSuperset(of: clique) }
      if isNew { cliques.append(clique) }
    }
    return cliques
  }
}

extension Fault {
  /// Why this fault and `other` cannot both occur, as a phrase.
  public func conflictText(with other: Fault, _ nodes: Nodes) -> String {
    let (first, second) = (text(nodes), other.text(nodes))
    guard subject.form == .node else {
      return "'\(first)' and '\(second)' change the same message; only one fault of a kind can"
    }
    return "'\(first)' and '\(second)' overlap or touch; a node must be well for a round between them"
  }
}

extension Nodes {
  /// Whether `side` names a partition of the nodes that `split` allows.
  func isSide(_ side: NodeSet, of split: Budgets.Split) -> Bool {
    guard (1..<count).contains(side.count), side.nodes.allSatisfy({ $0.position < count }),
      side.side(ofNodes: count) == side
    else { return false }
    return switch split {
    case .any: true
    case .one: side.count == 1
    case .half: side.count == count / 2
    }
  }

  /// The number of partitions of the nodes that `split` allows, at most about a million.
  func sideCount(_ split: Budgets.Split) -> Int {
    switch split {
    case .any: return count > 20 ? 1 << 20 : (1 << (count - 1)) - 1
    case .one: return count < 2 ? 0 : count == 2 ? 1 : count
    case .half:
      guard count > 1 else { return 0 }
      var ways = 1
      for step in 0..<(count / 2) {
        ways = ways * (count - step) / (step + 1)
        if ways > 1 << 21 { return 1 << 20 }
      }
      return count % 2 == 0 ? ways / 2 : ways
    }
  }

  /// The partitions of the nodes that `split` allows, ascending.
  func sides(_ split: Budgets.Split) -> [NodeSet] {
    let sizes =
      switch split {
      case .any: 1...max(1, count / 2)
      case .one: 1...1
      case .half: max(1, count / 2)...max(1, count / 2)
      }
    var sides: [NodeSet] = []
    func extend(_ chosen: [NodeID], from start: Int) {
      if sizes.contains(chosen.count), isSide(NodeSet(chosen), of: split) { sides.append(NodeSet(chosen)) }
      guard chosen.count < sizes.upperBound else { return }
      for next in start..<max(start, count) { extend(chosen + [NodeID(next)], from: next + 1) }
    }
    extend([], from: 0)
    return sides
  }
}
