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
    var crashed: Set<ReferenceFault> = []
    var crashedNodes: Set<Text> = []
    var chosen: Set<ReferenceFault> = []
    // This loop draws more often than needed, since some draws repeat a fault or exceed the number of
    // crashes.
    for _ in 0..<(2 * size) where chosen.count < size {
      guard let fault = faults.randomElement(using: &random) else { break }
      if case .crash(let node, _) = fault {
        guard crashed.count < space.crashes, crashedNodes.insert(node).inserted else { continue }
        crashed.insert(fault)
      }
      chosen.insert(fault)
    }
    return chosen.sorted()
  }
}
