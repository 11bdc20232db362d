public import Evaluation
public import ReferenceEvaluator
import Scenarios

extension FaultSet {
  /// The faults that the reference evaluator calls `faults`, between nodes of `nodes`.
  public init(_ faults: [ReferenceFault], among nodes: Nodes) {
    self.init(
      faults.compactMap { fault in
        switch fault {
        case .crash(let name, let round): nodes.id(of: name).map { .crash($0, Round(round)) }
        case .omission(let from, let to, let round):
          nodes.id(of: from).flatMap { from in
            nodes.id(of: to).map { .omission(from: from, to: $0, Round(round)) }
          }
        }
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
