import BigInt
import Dedalus

/// What may go wrong: the last round, the round before which transient faults end, how many faults of each
/// kind there may be, and the nodes. With crashes and omissions only, this is the fault specification ⟨EOT,
/// EFF, crashes⟩ of the paper.
///
/// A fault set is admissible if each fault is in a round that its kind allows, no two faults occupy the same
/// slot, and no kind exceeds its budget.
public struct Bounds: Hashable, Sendable {
  /// The last round of a run, at least 1.
  public let eot: Int
  /// Messages sent in rounds 1 … `eff` − 1 may be lost; 0 and 1 allow no omission.
  public let eff: Int
  /// The largest number of faults of a kind, for kinds that have a budget other than 0.
  private let budgets: [KindID: Int]
  /// The nodes that faults may strike.
  public let nodes: Nodes

  /// Checks that the parts make sense together; throws `InvalidQuestion` otherwise.
  public init(
    eot: Int, eff: Int = 0, budgets: [KindID: Int], nodes: Nodes
  ) throws(InvalidQuestion) {
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
    for (kind, most) in budgets.sorted(by: { $0.key < $1.key }) where !(0...nodes.count ~= most) {
      throw .init(
        code: "bad-bounds",
        message:
          "\(kind.meaning.budget ?? kind.meaning.name) (\(most)) must be between 0 and the number of nodes "
          + "(\(nodes.count))")
    }
    self.eot = eot
    self.eff = eff
    self.budgets = budgets.filter { $0.value != 0 }
    self.nodes = nodes
  }

  /// Checks that the parts make sense together; throws `InvalidQuestion` otherwise.
  public init(eot: Int, eff: Int = 0, crashes: Int = 0, nodes: Nodes) throws(InvalidQuestion) {
    try self.init(eot: eot, eff: eff, budgets: [.crash: crashes], nodes: nodes)
  }

  /// The largest number of faults of `kind` in an admissible set; nil where any number is admissible.
  public func most(of kind: KindID) -> Int? {
    kind.meaning.budget == nil ? nil : budgets[kind] ?? 0
  }

  /// Whether `set` is admissible.
  public func admits(_ set: FaultSet) -> Bool {
    guard set.faults.allSatisfy(covers) else { return false }
    for kind in KindID.allIDs {
      let faults = set.faults.filter { $0.kind == kind }
      if let most = most(of: kind), faults.count > most { return false }
    }
    return exclusions(among: set.faults).allSatisfy { $0.count < 2 }
  }

  /// Whether `fault` may occur, without regard to the number of faults of its kind.
  public func covers(_ fault: Fault) -> Bool {
    if case .link(let link) = fault.subject, link.sender == link.receiver { return false }
    return fault.meaning.rounds(within: self).contains(fault.round.position)
  }

  /// Groups of indices in `faults`: of each group, at most one fault may be in a fault set. The groups are
  /// ordered by their slots.
  public func exclusions(among faults: [Fault]) -> [[Int]] {
    var groups: [Fault.Subject: [Int]] = [:]
    for (place, fault) in faults.enumerated() {
      if let slot = fault.meaning.slot(of: fault) { groups[slot, default: []].append(place) }
    }
    return groups.sorted { $0.key < $1.key }.map(\.value)
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
