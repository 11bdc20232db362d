import Dedalus
import ReferenceEvaluator
import Texts

/// A generator of random numbers whose sequence depends on its seed alone (Steele, Lea & Flood, "Fast Splittable
/// Pseudorandom Number Generators", OOPSLA 2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Draws admissible fault sets of two faults and more: half of them small, because most of what goes wrong takes few
/// faults, half of any size.
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
    // More draws than faults are wanted: some hit what is there already, or a crash too many.
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
