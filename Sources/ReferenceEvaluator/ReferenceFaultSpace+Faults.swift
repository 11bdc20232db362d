import Texts

extension ReferenceFaultSpace {
  /// Every single fault that may occur, in canonical order.
  public var faults: [ReferenceFault] {
    let kinds = ReferenceFault.Kind.allCases.filter { budget(of: $0) != 0 }
    let faults = kinds.flatMap { candidates(of: $0).filter(isAdmissible) }.sorted()
    assert(
      zip(faults, faults.dropFirst()).allSatisfy { $0 < $1 }, "each fault is listed once, in a total order")
    return faults
  }

  /// Whether `fault` keeps the bounds, whatever the budget of its kind.
  public func isAdmissible(_ fault: ReferenceFault) -> Bool {
    switch fault {
    case .crash(let node, let round): 1 <= round && round < eot && round <= lastCrash ?? eot && isAtRisk(node)
    case .omission(let from, let to, let round): 1 <= round && round < eff && isAtRisk(from, to)
    case .delay(let from, let to, let round, let late), .duplicate(let from, let to, let round, let late):
      isAtRisk(from, to) && 1 <= late && late <= self.late && 1 <= round && round + late < eff
    case .pause(let node, let round, let until): isAtRisk(node) && isWindow(round, until)
    case .restart(let node, let round, let until), .wipe(let node, let round, let until):
      isAtRisk(node) && isWindow(round, until) && round >= 2
    case .partition(let side, let round, let until): isNamed(by: side) && isWindow(round, until)
    case .missing(let fact): configuration.contains(fact)
    }
  }

  private func isAtRisk(_ node: Text) -> Bool { nodes.contains(node) && !sparedNodes.contains(node) }

  private func isAtRisk(_ from: Text, _ to: Text) -> Bool {
    nodes.contains(from) && nodes.contains(to) && from != to
      && !sparedLinks.contains(Link(from: from, to: to))
  }

  private func isWindow(_ round: Int, _ until: Int) -> Bool {
    1 <= round && round < until && until <= min(eff, eot) && until - round <= window
  }

  /// Faults of `kind`, among them all that are admissible.
  private func candidates(of kind: ReferenceFault.Kind) -> [ReferenceFault] {
    let rounds = 1..<max(eot, eff, 1)
    let links = nodes.flatMap { from in nodes.map { to in Link(from: from, to: to) } }
    func windows(_ fault: (Int, Int) -> ReferenceFault) -> [ReferenceFault] {
      rounds.flatMap { round in (0..<max(window, 0)).map { fault(round, round + 1 + $0) } }
    }
    func shifts(_ fault: (Link, Int, Int) -> ReferenceFault) -> [ReferenceFault] {
      links.flatMap { link in
        rounds.flatMap { round in (0..<max(late, 0)).map { fault(link, round, 1 + $0) } }
      }
    }
    switch kind {
    case .crash: return nodes.flatMap { node in rounds.map { .crash(node: node, round: $0) } }
    case .omission:
      return links.flatMap { link in rounds.map { .omission(from: link.from, to: link.to, round: $0) } }
    case .delay: return shifts { .delay(from: $0.from, to: $0.to, round: $1, late: $2) }
    case .duplicate: return shifts { .duplicate(from: $0.from, to: $0.to, round: $1, late: $2) }
    case .pause: return nodes.flatMap { node in windows { .pause(node: node, round: $0, until: $1) } }
    case .restart: return nodes.flatMap { node in windows { .restart(node: node, round: $0, until: $1) } }
    case .partition: return sides.flatMap { side in windows { .partition(side: side, round: $0, until: $1) } }
    case .wipe: return nodes.flatMap { node in windows { .wipe(node: node, round: $0, until: $1) } }
    case .missing: return Set(configuration).map { .missing(fact: $0) }
    }
  }
}

// MARK: Sides of a partition

extension ReferenceFaultSpace {
  /// The sides that name the partitions of this space.
  private var sides: [[Text]] {
    let sizes =
      switch split {
      case .any: Array(1..<max(nodes.count, 1))
      case .one: [1]
      case .half: [nodes.count / 2]
      }
    return sizes.flatMap { subsets(ofSize: $0, of: nodes[...]) }.filter(isNamed)
  }

  /// Whether `side` names a partition of this space.
  private func isNamed(by side: [Text]) -> Bool {
    guard !side.isEmpty, side.count < nodes.count, side == nameOfPartition(with: side) else { return false }
    switch split {
    case .any: return true
    case .one: return side.count == 1
    case .half: return side.count == nodes.count / 2
    }
  }

  /// Which of `side` and the other nodes names the partition: the one with fewer nodes; of two equal ones the
  /// one with the first node.
  public func nameOfPartition(with side: [Text]) -> [Text] {
    let one = nodes.filter(side.contains)
    let other = nodes.filter { !side.contains($0) }
    if one.count != other.count { return one.count < other.count ? one : other }
    return one.first == nodes.first ? one : other
  }

  private func subsets(ofSize size: Int, of nodes: ArraySlice<Text>) -> [[Text]] {
    guard size > 0 else { return [[]] }
    guard let first = nodes.first else { return [] }
    return subsets(ofSize: size - 1, of: nodes.dropFirst()).map { [first] + $0 }
      + subsets(ofSize: size, of: nodes.dropFirst())
  }
}
