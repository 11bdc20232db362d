import BigInt
import Indices

/// Every admissible fault set of some bounds: by size, starting with the empty set, then in canonical order.
package struct AdmissibleFaultSets: Sequence, IteratorProtocol {
  /// Every single admissible fault, in canonical order.
  private let faults: [Fault]
  /// For each fault: what it occupies.
  private let occupations: [Occupation?]
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
    occupations = faults.map { $0.meaning.occupation(of: $0) }
    budgets = faults.map { bounds.most(of: $0.kind) }
    assert(zip(faults, faults.dropFirst()).allSatisfy { $0 < $1 }, "choices are in canonical order")
  }

  package mutating func next() -> FaultSet? {
    while size <= faults.count {
      if advance() {
        assert(chosen.count == size, "sets are enumerated by size")
        assert(zip(chosen, chosen.dropFirst()).allSatisfy { $0 < $1 }, "each fault is chosen once, in order")
        return FaultSet(chosen.map { faults[$0] })
      }
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
    let (kind, occupation, budget) = (faults[position].kind, occupations[position], budgets[position])
    if occupation == nil, budget == nil { return true }
    var others = 0
    for other in chosen {
      if let occupation, let taken = occupations[other], taken.excludes(occupation) { return false }
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
    let free = KindID.allIDs.filter { most(of: $0) == nil }
    let possible = PossibleFaults(self)
    let unbounded = free.reduce(BigUInt(1)) { $0 << possible.count(of: $1) }
    let rest = possible.all.map(\.fault).filter { !free.contains($0.kind) }
    return unbounded * SetCounts(of: rest, within: self).total
  }
}

/// In how many ways faults can be chosen, by the numbers of faults of each kind.
private struct SetCounts {
  /// The number of faults of each kind, in the order of kinds.
  private typealias Numbers = [Int]
  private var ways: [Numbers: BigUInt]

  var total: BigUInt { ways.values.reduce(BigUInt(0), +) }

  /// Counts the admissible sets of `faults`, all of whose kinds have budgets.
  init(of faults: [Fault], within bounds: Bounds) {
    let kinds = KindID.allIDs.filter { kind in faults.contains { $0.kind == kind } }
    let most = kinds.map { bounds.most(of: $0) ?? 0 }
    var ways: [Numbers: BigUInt] = [Array(repeating: 0, count: kinds.count): 1]
    var places: [Occupation.Place: [(kind: Int, occupation: Occupation)]] = [:]
    for fault in faults {
      guard let kind = kinds.firstIndex(of: fault.kind) else { continue }
      if let occupation = fault.meaning.occupation(of: fault) {
        places[occupation.place, default: []].append((kind, occupation))
      } else {
        ways = Self.sum(ways, Self.adding(kind, to: ways, most))
      }
    }
    assert(ways.keys.allSatisfy { zip($0, most).allSatisfy { $0 <= $1 } }, "no budget is exceeded")
    for members in places.values { ways = Self.product(ways, Self.ways(members, most), most) }
    self.ways = ways
  }

  /// The ways to choose among faults at one place, none of which may meet another: for the faults by the ends
  /// of their intervals, those without the last one, and those with it and with what ends before it begins.
  private static func ways(
    _ members: [(kind: Int, occupation: Occupation)], _ most: [Int]
  ) -> [Numbers: BigUInt] {
    let sorted = members.sorted { $0.occupation.end ?? .greatest < $1.occupation.end ?? .greatest }
    var prefix: [[Numbers: BigUInt]] = [[Array(repeating: 0, count: most.count): 1]]
    for (kind, occupation) in sorted {
      let before = sorted.firstIndex { !($0.occupation.end ?? .greatest < occupation.first) } ?? sorted.count
      let with = adding(kind, to: prefix[min(before, prefix.count - 1)], most)
      prefix.append(sum(prefix[prefix.count - 1], with))
    }
    return prefix[prefix.count - 1]
  }

  private static func adding(
    _ kind: Int, to ways: [Numbers: BigUInt], _ most: [Int]
  ) -> [Numbers: BigUInt] {
    var result: [Numbers: BigUInt] = [:]
    for (numbers, count) in ways where numbers[kind] < most[kind] {
      var numbers = numbers
      numbers[kind] += 1
      result[numbers] = count
    }
    return result
  }

  private static func sum(
    _ left: [Numbers: BigUInt], _ right: [Numbers: BigUInt]
  ) -> [Numbers: BigUInt] {
    left.merging(right) { $0 + $1 }
  }

  private static func product(
    _ left: [Numbers: BigUInt], _ right: [Numbers: BigUInt], _ most: [Int]
  ) -> [Numbers: BigUInt] {
    var result: [Numbers: BigUInt] = [:]
    for (first, ways) in left {
      for (second, others) in right {
        let numbers = zip(first, second).map { $0 + $1 }
        guard zip(numbers, most).allSatisfy({ $0 <= $1 }) else { continue }
        result[numbers, default: 0] += ways * others
      }
    }
    return result
  }
}
