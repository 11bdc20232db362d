public import Evaluation
public import ReferenceEvaluator
import Scenarios

extension FaultSet {
  /// The faults that the reference evaluator calls `faults`, between nodes of `nodes`.
  public init(_ faults: [ReferenceFault], among nodes: Nodes) {
    self.init(
      faults.compactMap { fault in
        let named = fault.nodes.compactMap { nodes.id(of: $0) }
        guard let kind = KindID(named: fault.name), named.count == fault.nodes.count else { return nil }
        return Fault(kind, Fault.Subject(kind.meaning.subject, named), Round(fault.round))
      })
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
