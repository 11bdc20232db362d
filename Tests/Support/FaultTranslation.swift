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

extension ReferenceFault {
  /// What the fault strikes; nil where it names a node that is not among `nodes`.
  fileprivate func subject(_ nodes: Nodes) -> Fault.Subject? {
    if let fact { return .fact(ConfiguredFact(fact.relation, fact.values)) }
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
