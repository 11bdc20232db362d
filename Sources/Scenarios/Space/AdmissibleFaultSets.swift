import BigInt
import Indices

/// Every admissible fault set of some bounds: by size, starting with the empty set, then in canonical order.
package struct AdmissibleFaultSets: Sequence, IteratorProtocol {
  /// Every single admissible fault, in canonical order.
  private let faults: [Fault]
  /// For each fault: the slot that it occupies.
  private let slots: [Fault.Subject?]
  /// For each fault: the largest number of faults of its kind.
  private let budgets: [Int?]
  /// The size of the sets that are now enumerated.
  private var size = 0
  /// The last set that was returned, as positions in `faults`, ascending.
  private var chosen: [Int] = []
  /// Whether no set of this size has been returned yet.
  private var isFirstOfSize = true

  package init(_ bounds: Bounds) {
    faults = PossibleFaults(bounds).all.map(\.fault)
    slots = faults.map { $0.meaning.slot(of: $0) }
    budgets = faults.map { bounds.most(of: $0.kind) }
    assert(zip(faults, faults.dropFirst()).allSatisfy { $0 < $1 }, "choices are in canonical order")
  }

  package mutating func next() -> FaultSet? {
    while size <= faults.count {
      if advance() { return FaultSet(chosen.map { faults[$0] }) }
      size += 1
      chosen.removeAll()
      isFirstOfSize = true
    }
    return nil
  }

  /// Moves to the next set of the same size: raises the last position that can be raised, and fills the
  /// positions after it.
  private mutating func advance() -> Bool {
    var candidate = 0
    if isFirstOfSize {
      isFirstOfSize = false
    } else {
      guard let last = chosen.popLast() else { return false }
      candidate = last + 1
    }
    while chosen.count < size {
      let end = faults.count - (size - chosen.count) + 1
      if let next = (candidate..<Swift.max(candidate, end)).first(where: admits) {
        chosen.append(next)
        candidate = next + 1
      } else {
        guard let last = chosen.popLast() else { return false }
        candidate = last + 1
      }
    }
    return true
  }

  /// Whether the fault at `position` is admissible together with the chosen ones.
  private func admits(_ position: Int) -> Bool {
    let (kind, slot, budget) = (faults[position].kind, slots[position], budgets[position])
    if slot == nil, budget == nil { return true }
    var others = 0
    for other in chosen {
      if slot != nil, slots[other] == slot { return false }
      if faults[other].kind == kind { others += 1 }
    }
    return budget.map { others < $0 } ?? true
  }
}

extension Bounds {
  /// The number of faults that no budget bounds.
  package var freeFaultCount: Int {
    let possible = PossibleFaults(self)
    return KindID.allIDs.filter { most(of: $0) == nil }.reduce(0) { $0 + possible.count(of: $1) }
  }

  /// The number of admissible fault sets: of each kind, at most as many faults as its budget allows, chosen
  /// from those that do not exclude each other.
  ///
  /// This differs from `faultSpace`, the published measure, which also counts losses in round EFF, and counts
  /// each crash together with what the node loses before it.
  package var admissibleSetCount: BigUInt {
    var total = BigUInt(1)
    let possible = Array(PossibleFaults(self).all.map(\.fault))
    for kind in KindID.allIDs {
      let faults = possible.filter { $0.kind == kind }
      let groups = exclusions(among: faults)
      let free = faults.count - groups.reduce(0) { $0 + $1.count }
      guard let most = most(of: kind) else {
        total = groups.reduce(total) { $0 * BigUInt($1.count + 1) } << free
        continue
      }
      // Indexed by the number of faults: in how many ways they can be chosen from the groups so far.
      var ways = [BigUInt(1)] + Array(repeating: BigUInt(0), count: most)
      for size in groups.map(\.count) + Array(repeating: 1, count: free) {
        for number in stride(from: most, to: 0, by: -1) { ways[number] += ways[number - 1] * BigUInt(size) }
      }
      total *= ways.reduce(BigUInt(0), +)
    }
    return total
  }
}
