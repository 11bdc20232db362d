public import Dedalus
public import ReferenceEvaluator
import Texts

extension ReferenceFaultSpace {
  /// A random admissible set, in canonical order; half of the faults of a small one, fewer of a large one.
  public func randomSet(using random: inout SplitMix64) -> [ReferenceFault] {
    let share = random.pick([10, 25, 50])
    var chosen: [ReferenceFault] = []
    var crashed: Set<Text> = []
    for _ in 0..<crashes where random.chance(60) && eot > 1 {
      let node = random.pick(nodes)
      if crashed.insert(node).inserted {
        let crash = ReferenceFault.crash(node: node, round: random.number(in: 1...(eot - 1)))
        if isAdmissible(crash) { chosen.append(crash) }
      }
    }
    for fault in faults {
      if case .omission = fault, random.chance(share), admits(fault, beside: chosen) { chosen.append(fault) }
    }
    for kind in ReferenceFault.Kind.allCases where kind != .crash && kind != .omission {
      for _ in 0..<(budget(of: kind) ?? 0) where random.chance(60) {
        let possible = faults.filter { $0.kind == kind && !chosen.contains($0) }
        guard !possible.isEmpty else { break }
        let fault = random.pick(possible)
        if admits(fault, beside: chosen) { chosen.append(fault) }
      }
    }
    return chosen.sorted()
  }
}

extension Program {
  /// Random inputs for runs of `eot` rounds; nothing where the program leaves nothing open.
  public func randomInputs(upTo eot: Int, using random: inout SplitMix64) -> [ReferenceFact] {
    choices.isEmpty ? [] : random.pick(allInputs(upTo: eot))
  }
}

/// Faults of any number between nodes of `nodes`, in rounds 1…`eot`, admissible or not: several crashes,
/// losses in the last round; a node still crashes at most once.
public func arbitraryFaults(
  among nodes: [Text], eot: Int, using random: inout SplitMix64
) -> [ReferenceFault] {
  var faults: [ReferenceFault] = []
  for node in nodes where random.chance(30) {
    faults.append(.crash(node: node, round: random.number(in: 1...eot)))
  }
  let share = random.pick([0, 10, 30, 60])
  for from in nodes {
    for to in nodes where to != from {
      for round in 1...eot where random.chance(share) {
        faults.append(.omission(from: from, to: to, round: round))
      }
    }
  }
  return faults.sorted()
}
