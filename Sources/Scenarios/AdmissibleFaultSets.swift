import BigInt
import Indices

/// Every admissible fault set of some bounds, the empty one first: by size, then in canonical order.
package struct AdmissibleFaultSets: Sequence, IteratorProtocol {
  /// Every single fault that may strike, in canonical order.
  private let faults: [Fault]
  private let bounds: Bounds
  /// The size of the sets that come now.
  private var size = 0
  /// Positions in `faults`, ascending; the last set given out.
  private var chosen: [Int] = []
  /// Whether no set of this size has been given out.
  private var isFirstOfSize = true

  package init(_ bounds: Bounds) {
    let setting = Setting(nodes: bounds.nodes, eot: bounds.eot)
    let possible = PossibleFaults(setting, eff: bounds.eff, crashes: bounds.crashes)
    faults = (0..<possible.inputCount).map { possible.fault($0) }.filter { bounds.covers($0) }
    self.bounds = bounds
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

  /// Goes to the next set of the same size: raises the last position that can be raised, and fills up after it.
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

  /// Whether the fault at `position` may strike beside the chosen ones.
  private func admits(_ position: Int) -> Bool {
    guard case .crash(let node, _) = faults[position] else { return true }
    var crashes = 0
    for other in chosen {
      guard case .crash(let crashed, _) = faults[other] else { break }
      if crashed == node { return false }
      crashes += 1
    }
    return crashes < bounds.crashes
  }
}

extension Bounds {
  /// How many omissions are admissible.
  package var omissionCount: Int { max(0, eff - 1) * nodes.count * (nodes.count - 1) }

  /// How many fault sets are admissible.
  ///
  /// That is not `faultSpace`, the published measure, which counts losses in round EFF too and each crash together
  /// with what the node loses before it.
  package var admissibleSetCount: BigUInt {
    var ways = BigUInt(1)
    var total = ways
    for crashed in 0..<crashes {
      ways = ways * BigUInt(nodes.count - crashed) / BigUInt(crashed + 1)
      total += ways * BigUInt(eot - 1).power(crashed + 1)
    }
    return total << omissionCount
  }
}
