import BigInt
import Dedalus
import Texts

/// What may go wrong: the last round, the round before which transient faults end, how many faults of each
/// kind there may be, and what they may strike. With crashes and omissions only, this is the fault
/// specification ⟨EOT, EFF, crashes⟩ of the paper.
///
/// A fault set is admissible if each fault is in a round that its kind allows, no two faults exclude each
/// other, and no kind exceeds its budget.
public struct Bounds: Hashable, Sendable {
  /// The last round of a run, at least 1.
  public let eot: Int
  /// Transient faults are over before this round; 0 and 1 allow none.
  public let eff: Int
  /// How many faults of each kind there may be, and how far they may go.
  public let budgets: Budgets
  /// The nodes that faults may strike.
  public let nodes: Nodes
  /// The facts that may be missing, ascending.
  public let facts: [TimedFact]
  /// The facts whose rounds are chosen, in the order of the program.
  public let openFacts: [OpenFact]

  /// Checks that the parts make sense together; throws `InvalidQuestion` otherwise.
  public init(
    eot: Int, eff: Int = 0, budgets: Budgets, nodes: Nodes, facts: [TimedFact] = [],
    openFacts: [OpenFact] = []
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
    try budgets.check(nodes)
    self.init(
      eot: eot, eff: eff, checked: budgets, nodes: nodes, facts: facts, openFacts: openFacts)
  }

  private init(
    eot: Int, eff: Int, checked budgets: Budgets, nodes: Nodes, facts: [TimedFact], openFacts: [OpenFact]
  ) {
    self.eot = eot
    self.eff = eff
    self.budgets = budgets
    self.nodes = nodes
    self.facts = Set(facts).filter { $0.round.position <= eot }.sorted()
    self.openFacts = openFacts
    assert(1...eot ~= max(1, eff), "faults that pass are over by the last round")
  }

  /// Checks that the parts make sense together; throws `InvalidQuestion` otherwise.
  public init(eot: Int, eff: Int = 0, crashes: Int = 0, nodes: Nodes) throws(InvalidQuestion) {
    try self.init(eot: eot, eff: eff, budgets: .crashes(crashes), nodes: nodes)
  }

  /// The largest number of faults of `kind` in an admissible set; nil where any number is admissible.
  public func most(of kind: KindID) -> Int? { budgets[kind] }

  /// The same bounds with other rounds.
  func with(eot: Int, eff: Int) throws(InvalidQuestion) -> Bounds {
    try Bounds(
      eot: eot, eff: eff, budgets: budgets, nodes: nodes, facts: facts, openFacts: openFacts)
  }

  /// The same bounds, where in addition the facts may be missing that `faults` strike.
  public func knowingFacts(of faults: [Fault]) -> Bounds {
    with(
      facts: facts
        + faults.compactMap { fault in
          if case .fact(let fact) = fault.subject { TimedFact(fact, in: fault.round) } else { nil }
        })
  }

  /// The same bounds, where exactly `facts` may be missing.
  public func with(facts: [TimedFact]) -> Bounds {
    Bounds(
      eot: eot, eff: eff, checked: budgets, nodes: nodes, facts: facts, openFacts: openFacts)
  }

  /// The same bounds, where the rounds of exactly `openFacts` are chosen.
  public func with(openFacts: [OpenFact]) -> Bounds {
    Bounds(
      eot: eot, eff: eff, checked: budgets, nodes: nodes, facts: facts, openFacts: openFacts)
  }

  /// What may be chosen.
  public var possibleInputs: PossibleInputs { PossibleInputs(openFacts, upTo: eot) }

  /// The size of the fault space, the paper's "Combinations": with n nodes, c crashes and L = 2^(n−1),
  /// C(n, c) · (L^EFF)^(n−c) · (Σ_{k=1}^{EOT+1} L^min(EFF, k−1))^c.
  ///
  /// The paper knows crashes and omissions only.
  public var faultSpace: BigUInt {
    let lossesPerRound = BigUInt(2).power(nodes.count - 1)
    let survivors = lossesPerRound.power(eff).power(nodes.count - crashes)
    let victim = (1...(eot + 1)).reduce(BigUInt(0)) { $0 + lossesPerRound.power(Swift.min(eff, $1 - 1)) }
    return binomial(nodes.count, crashes) * survivors * victim.power(crashes)
  }

  /// Whether `faultSpace` measures these bounds: only crashes, in any round, and any number of omissions are
  /// admitted, and nothing is spared.
  public var isOfThePaper: Bool {
    budgets.given.allSatisfy { $0.kind == .crash } && budgets.spared.isEmpty && budgets.lastCrash == nil
  }

  private func binomial(_ n: Int, _ k: Int) -> BigUInt {
    (0..<k).reduce(BigUInt(1)) { $0 * BigUInt(n - $1) / BigUInt($1 + 1) }
  }
}

extension Budgets {
  /// The largest number of sides that partitions may have.
  private static let mostSides = 20_000

  /// Checks that the budgets fit `nodes`.
  fileprivate func check(_ nodes: Nodes) throws(InvalidQuestion) {
    for (kind, most) in given {
      let (largest, name) =
        kind == .crash ? (nodes.count, "the number of nodes (\(nodes.count))") : (Self.greatest, "a million")
      guard !(0...largest ~= most) else { continue }
      throw .init(
        code: "bad-bounds", message: "\(kind.meaning.budget) (\(most)) must be between 0 and \(name)")
    }
    for (name, value) in [("the window", window), ("the lateness", late)]
    where !(1...Self.greatest ~= value) {
      throw .init(code: "bad-bounds", message: "\(name) must be between 1 and a million rounds, not \(value)")
    }
    guard self[.partition] != 0 else { return }
    if split == .any, nodes.count > 10 {
      throw .init(
        code: "bad-bounds",
        message: "partitions into any sides are possible with at most 10 nodes, not \(nodes.count)",
        fix: "restrict the sides with --split one or --split half")
    }
    if split == .half, nodes.sideCount(.half) > Self.mostSides {
      throw .init(
        code: "bad-bounds",
        message: "\(nodes.count) nodes have more than \(Self.mostSides) halves",
        fix: "restrict the sides with --split one")
    }
  }
}
