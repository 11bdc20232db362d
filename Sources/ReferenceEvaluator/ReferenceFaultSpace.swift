import Dedalus
import Texts

/// All fault sets that are admissible within some bounds.
public struct ReferenceFaultSpace: Hashable, Sendable {
  /// The nodes, sorted.
  public let nodes: [Text]
  /// The last round; crashes are in rounds before it.
  public let eot: Int
  /// Omissions are in rounds before this one.
  public let eff: Int
  /// The largest number of nodes that crash.
  public let crashes: Int

  /// The space of the bounds ⟨`eot`, `eff`, `crashes`⟩ on `nodes`, in any order.
  public init(nodes: [Text], eot: Int, eff: Int, crashes: Int) {
    self.nodes = Set(nodes).sorted()
    self.eot = eot
    self.eff = eff
    self.crashes = crashes
  }

  /// Every single fault that may occur, in canonical order.
  public var faults: [ReferenceFault] { ReferenceFault.all(in: self) }

  /// Every admissible set of exactly `size` faults, each sorted, in canonical order.
  public func sets(ofSize size: Int) -> [[ReferenceFault]] {
    var found: [[ReferenceFault]] = []
    let faults = faults
    func extend(_ chosen: [ReferenceFault], from start: Int) {
      if chosen.count == size {
        found.append(chosen)
        return
      }
      for next in start..<max(start, faults.count) where admits(faults[next], after: chosen) {
        extend(chosen + [faults[next]], from: next + 1)
      }
    }
    extend([], from: 0)
    return found
  }

  /// The number of admissible fault sets.
  public var count: Int {
    let omissions = max(eff - 1, 0) * nodes.count * (nodes.count - 1)
    var ways = 1
    var total = 1
    for crashed in 0..<min(crashes, nodes.count) {
      ways = ways * (nodes.count - crashed) / (crashed + 1) * max(eot - 1, 0)
      total += ways
    }
    return total << omissions
  }

  private func admits(_ fault: ReferenceFault, after chosen: [ReferenceFault]) -> Bool {
    guard case .crash(let node, _) = fault else { return true }
    let crashed = chosen.compactMap { if case .crash(let node, _) = $0 { node } else { nil } }
    return crashed.count < crashes && !crashed.contains(node)
  }
}
