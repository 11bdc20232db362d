import BigInt
import Dedalus
import Evaluation

/// What may go wrong: the fault specification ⟨EOT, EFF, crashes⟩ of the paper, and the nodes.
///
/// Admissible are omissions between different nodes in rounds before `eff`, and at most `crashes` crashes, at most
/// one of each node, in rounds before `eot`.
public struct Bounds: Hashable, Sendable {
  /// The last round, at least 1.
  public let eot: Int
  /// Messages sent in rounds 1 … `eff` − 1 may be lost; 0 and 1 allow no omission.
  public let eff: Int
  /// How many nodes may crash.
  public let crashes: Int
  /// The nodes.
  public let nodes: Nodes

  /// Bounds whose parts make sense together; `InvalidQuestion` otherwise.
  public init(eot: Int, eff: Int = 0, crashes: Int = 0, nodes: Nodes) throws(InvalidQuestion) {
    guard eot >= 1 else { throw .init(code: "bad-bounds", message: "EOT must be at least 1, not \(eot)") }
    guard eff >= 0 else { throw .init(code: "bad-bounds", message: "EFF must not be negative") }
    guard eff <= eot else {
      throw .init(code: "bad-bounds", message: "EFF (\(eff)) must not be larger than EOT (\(eot))")
    }
    guard nodes.count > 0 else {
      throw .init(
        code: "no-nodes", message: "there are no nodes: no fact has a string in its location column",
        fix: "name the nodes with --nodes a,b,c")
    }
    guard nodes.count <= Nodes.mostNodes else {
      throw .init(
        code: "too-many-nodes",
        message: "there are \(nodes.count) nodes; at most \(Nodes.mostNodes) are possible",
        fix: "name those that the question is about with --nodes a,b,c")
    }
    guard crashes >= 0, crashes <= nodes.count else {
      throw .init(
        code: "bad-bounds",
        message: "crashes (\(crashes)) must be between 0 and the number of nodes (\(nodes.count))")
    }
    self.eot = eot
    self.eff = eff
    self.crashes = crashes
    self.nodes = nodes
  }

  /// Whether every fault of `set` lies within the bounds, and there are no more crashes than allowed.
  public func admits(_ set: FaultSet) -> Bool {
    let crashed = set.crashes.map(\.node)
    guard crashed.count <= crashes, Set(crashed).count == crashed.count else { return false }
    return set.faults.allSatisfy(covers)
  }

  /// Whether `fault` lies in rounds in which its kind may strike; how many nodes may crash is another matter.
  func covers(_ fault: Fault) -> Bool {
    switch fault {
    case .crash(_, let round): round.position >= 1 && round.position < eot
    case .omission(let sender, let receiver, let round):
      sender != receiver && round.position >= 1 && round.position < eff
    }
  }

  /// The size of the fault space, the paper's "Combinations": with n nodes, c crashes and L = 2^(n−1),
  /// C(n, c) · (L^EFF)^(n−c) · (Σ_{k=1}^{EOT+1} L^min(EFF, k−1))^c.
  public var faultSpace: BigUInt {
    let lossesPerRound = BigUInt(2).power(nodes.count - 1)
    let survivors = lossesPerRound.power(eff).power(nodes.count - crashes)
    let victim = (1...(eot + 1)).reduce(BigUInt(0)) { $0 + lossesPerRound.power(Swift.min(eff, $1 - 1)) }
    return binomial(nodes.count, crashes) * survivors * victim.power(crashes)
  }

  private func binomial(_ n: Int, _ k: Int) -> BigUInt {
    (0..<k).reduce(BigUInt(1)) { $0 * BigUInt(n - $1) / BigUInt($1 + 1) }
  }
}
