import Dedalus
import ReferenceEvaluator
import Scenarios
import Texts

/// Draws admissible fault sets of two or more faults: half of them small, because few faults cause most
/// errors, half of any size.
struct FaultSetSampler {
  private let space: ReferenceFaultSpace
  private let faults: [ReferenceFault]
  private var random: SplitMix

  private static let smallSize = 5

  init(_ space: ReferenceFaultSpace, seed: UInt64) {
    self.space = space
    faults = space.faults
    random = SplitMix(seed: seed)
  }

  mutating func next() -> [ReferenceFault] {
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
