import Evaluation
public import ReferenceEvaluator
public import Scenarios

extension FaultSet {
  /// The faults that the reference evaluator calls `faults`, between nodes of `nodes`.
  public init(_ faults: [ReferenceFault], among nodes: Nodes) {
    self.init(
      faults.compactMap { fault in
        guard let kind = KindID(named: fault.name), let subject = fault.subject(nodes) else { return nil }
        let extent = fault.late ?? fault.until.map { $0 - fault.round } ?? 0
        return Fault(kind, subject, Round(fault.round), extent: extent)
      })
  }
}

extension FaultSet {
  /// What the reference evaluator calls these faults, which strike `nodes`.
  public func reference(_ nodes: Nodes) -> [ReferenceFault] {
    faults.compactMap { fault in
      var fact: ReferenceFact?
      if case .fact(let missing) = fault.subject {
        fact = ReferenceFact(
          relation: missing.relation, values: missing.values, round: fault.round.position)
      }
      return ReferenceFault(
        fault.meaning.name, fault.subject.nodes.map { nodes[$0] }, round: fault.round.position,
        until: fault.meaning.measure == .until ? fault.until.position : nil,
        late: fault.meaning.measure == .late ? fault.extent : nil, fact: fact)
    }
  }
}

extension ReferenceFault {
  /// What the fault strikes; nil where it names a node that is not among `nodes`.
  fileprivate func subject(_ nodes: Nodes) -> Fault.Subject? {
    if let fact { return .fact(NamedFact(fact.relation, fact.values)) }
    let named = self.nodes.compactMap { nodes.id(of: $0) }
    guard named.count == self.nodes.count else { return nil }
    return switch kind {
    case .partition: .side(NodeSet(named))
    case .omission, .delay, .duplicate: .link(Link(from: named[0], to: named[1]))
    default: .node(named[0])
    }
  }
}

extension CrashView {
  /// What the reference evaluator calls `view`.
  public init(_ view: ReferenceCrashView) {
    switch view {
    case .silent: self = .silent
    case .failStop: self = .failStop
    }
  }
}

extension KindID {
  /// What the reference evaluator calls `kind`.
  public init(_ kind: ReferenceFault.Kind) {
    guard let known = KindID(named: kind.name) else { preconditionFailure("there is no \(kind)") }
    self = known
  }
}

extension Bounds {
  /// The bounds of `space`.
  public init(_ space: ReferenceFaultSpace) throws(InvalidQuestion) {
    let nodes = Nodes(space.nodes)
    var budgets = Budgets()
    for (kind, most) in space.budgets { budgets[KindID(kind)] = most }
    (budgets.window, budgets.late) = (space.window, space.late)
    budgets.split =
      switch space.split {
      case .any: .any
      case .one: .one
      case .half: .half
      }
    budgets.spared = Budgets.Spared(
      nodes: Set(space.sparedNodes.compactMap { nodes.id(of: $0) }),
      links: Set(
        space.sparedLinks.compactMap { link in
          guard let from = nodes.id(of: link.from), let to = nodes.id(of: link.to) else { return nil }
          return Link(from: from, to: to)
        }))
    try self.init(
      eot: space.eot, eff: space.eff, budgets: budgets, nodes: nodes,
      facts: space.configuration.map {
        TimedFact(NamedFact($0.relation, $0.values), in: Round(named: $0.round))
      })
  }
}

extension PossibleFaults {
  /// Whatever may strike in rounds of `setting`, within ⟨EOT, `eff`, `crashes`⟩ as far as that makes sense
  /// there.
  public init(_ setting: Setting, eff: Int, crashes: Int) {
    do throws(InvalidQuestion) {
      self.init(
        try Bounds(
          eot: setting.eot.position, eff: min(eff, setting.eot.position),
          crashes: min(crashes, setting.nodes.count), nodes: setting.nodes))
    } catch {
      preconditionFailure(error.message)
    }
  }
}

extension FaultSet {
  /// Those of one kind.
  public func faults(of kind: KindID) -> [Fault] { faults.filter { $0.kind == kind } }
}
