import Dedalus
import ReferenceEvaluator
import Scenarios
import Texts

/// Draws admissible fault sets of two or more faults. First come a few that use up the budgets of each kind,
/// and of all kinds together, so that a claim about larger budgets than those of the formula is found out. Of
/// the rest, half are small, because few faults cause most errors, and half are of any size.
struct FaultSetSampler {
  private let space: ReferenceFaultSpace
  private let faults: [ReferenceFault]
  private var full: [[ReferenceFault]] = []
  private var random: SplitMix

  private static let smallSize = 5
  /// How many sets use up the budget of each kind, and how many those of all kinds.
  private static let fullOfKind = 4
  private static let fullOfAll = 8

  /// Draws from `space`. What uses up budgets is taken from the faults that are in `names`, as far as
  /// possible: the formula says nothing of any others.
  init(_ space: ReferenceFaultSpace, naming names: Set<Text>, seed: UInt64) {
    self.space = space
    faults = space.faults
    random = SplitMix(seed: seed)
    full = fullSets(naming: names).filter { $0.count > 1 }.reversed()
  }

  /// Sets that use up budgets.
  private func fullSets(naming names: Set<Text>) -> [[ReferenceFault]] {
    // These draws leave those of the other sets alone.
    var random = random
    let named = Dictionary(grouping: faults) { names.contains(CertificateName.of($0)) }
    func filled(_ kinds: [ReferenceFault.Kind]) -> [ReferenceFault] {
      var chosen: [ReferenceFault] = []
      for isNamed in [true, false] {
        for fault in (named[isNamed] ?? []).shuffled(using: &random)
        where kinds.contains(fault.kind) && space.admits(fault, beside: chosen) { chosen.append(fault) }
      }
      return chosen.sorted()
    }
    let kinds = ReferenceFault.Kind.allCases.filter { (space.budget(of: $0) ?? 0) > 0 }
    let single = kinds.filter { space.budget(of: $0) ?? 0 > 1 }
      .flatMap { kind in (0..<Self.fullOfKind).map { _ in filled([kind]) } }
    return single + (0..<(kinds.count > 1 ? Self.fullOfAll : 0)).map { _ in filled(kinds) }
  }

  mutating func next() -> [ReferenceFault] {
    if let set = full.popLast() { return set }
    let isSmall = Bool.random(using: &random)
    let largest = max(2, isSmall ? Self.smallSize : faults.count)
    let size = Int.random(in: 2...largest, using: &random)
    var chosen: Set<ReferenceFault> = []
    // This loop draws more often than needed, since some draws repeat a fault, exceed a budget, or conflict
    // with an earlier one.
    for _ in 0..<(2 * size) where chosen.count < size {
      guard let fault = faults.randomElement(using: &random) else { break }
      if space.admits(fault, beside: chosen) { chosen.insert(fault) }
    }
    return chosen.sorted()
  }
}
