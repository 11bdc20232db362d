import Dedalus
import Evaluation
import Indices
import Scenarios

// What is told of the claims that were met.
extension WhyNotSearch {
  /// How many steps each claim is away from one with an instance that `isEnd`, through instances of which
  /// every lack `counts`.
  func distances(
    where counts: (WhyNot.Lack) -> Bool, _ isEnd: ([WhyNot.Lack]) -> Bool
  ) -> [WhyNot.Claim: Int] {
    var dependents: [WhyNot.Claim: [WhyNot.Claim]] = [:]
    var found: [WhyNot.Claim: Int] = [:]
    var ring: [WhyNot.Claim] = []
    for claim in order {
      for lacks in (candidates[claim] ?? []).flatMap(\.instances) {
        guard claim.holds || lacks.allSatisfy(counts) else { continue }
        if isEnd(lacks), found[claim] == nil {
          found[claim] = 0
          ring.append(claim)
        }
        for lack in lacks where counts(lack) {
          if let further = lack.claim { dependents[further, default: []].append(claim) }
        }
      }
    }
    var next = 0
    while next < ring.count {
      let claim = ring[next]
      next += 1
      for dependent in dependents[claim] ?? [] where found[dependent] == nil {
        found[dependent] = (found[claim] ?? 0) + 1
        ring.append(dependent)
      }
    }
    return found
  }

  /// How far a lack is from a fault, through what is due to faults; `Int.max` where no fault is behind it.
  private func distance(_ lack: WhyNot.Lack) -> Int {
    if lack.isFault { return 0 }
    guard isDue(lack), let claim = lack.claim, let rest = toFault[claim] else { return Int.max }
    return rest + 1
  }

  /// How far `lacks`, all of which must go, are from a fault.
  private func distance(_ lacks: [WhyNot.Lack]) -> Int {
    lacks.allSatisfy(isDue) ? lacks.map(distance).min() ?? Int.max : Int.max
  }

  /// How far `lacks` are from where nothing more is behind them.
  private func distanceToEnd(_ lacks: [WhyNot.Lack]) -> Int {
    lacks.map { lack in lack.claim.map { toEnd[$0].map { $0 + 1 } ?? Int.max } ?? 0 }.min() ?? Int.max
  }

  /// The claims that are told, from `root`; those nearest to faults first.
  func nodes(from root: WhyNot.Claim) -> [WhyNot.Node] {
    var nodes: [WhyNot.Node] = []
    var known: Set<WhyNot.Claim> = [root]
    var pending: [(distance: Int, number: Int, claim: WhyNot.Claim)] = [(0, 0, root)]
    while let place = pending.indices.min(by: {
      (pending[$0].distance, pending[$0].number) < (pending[$1].distance, pending[$1].number)
    }) {
      let claim = pending.remove(at: place).claim
      let chosen = claim.holds ? chosenWay(of: claim) : (candidates[claim] ?? []).map(obstacle)
      nodes.append(
        WhyNot.Node(
          claim: claim, obstacles: chosen, isFollowed: candidates[claim] != nil,
          isDue: isDue(claim), distance: isDue(claim) ? toFault[claim] : nil))
      let lacks = chosen.flatMap { [$0.lacks] + $0.others }.joined()
      for further in lacks.compactMap(\.claim) where known.insert(further).inserted {
        pending.append((toFault[further] ?? Int.max, known.count, further))
      }
    }
    return nodes
  }

  /// The largest number of instances of a rule that are told.
  private static let mostInstances = 3

  private func obstacle(_ candidates: Candidates) -> WhyNot.Obstacle {
    let ranked = candidates.instances.indices.map { place in
      let lacks = candidates.instances[place]
      return (distance(lacks), distanceToEnd(lacks), place)
    }.sorted(by: <)
    let told = ranked.prefix(Self.mostInstances).filter { $0.0 < Int.max || $0.2 == ranked[0].2 }
    return WhyNot.Obstacle(
      rule: candidates.rule, round: candidates.round, lacks: candidates.instances[told[0].2],
      others: told.dropFirst().map { candidates.instances[$0.2] },
      further: candidates.instances.count - told.count, isDue: told[0].0 < Int.max)
  }

  /// The way in which a row comes about that is nearest to a fault, with what leads there.
  private func chosenWay(of claim: WhyNot.Claim) -> [WhyNot.Obstacle] {
    let ways = candidates[claim] ?? []
    let ranked = ways.indices.map { place in
      (ways[place].instances[0].map(distance).min() ?? Int.max, place)
    }
    guard let (least, place) = ranked.min(by: <) else { return [] }
    let cause = ways[place].instances[0].filter { least < Int.max && distance($0) == least }
    return [
      WhyNot.Obstacle(
        rule: ways[place].rule, round: ways[place].round, lacks: cause, others: [],
        further: ways.count - 1, isDue: !cause.isEmpty)
    ]
  }
}
