// A saved counterexample tests a program only while its faults meet something there. Programs change: a message that
// was lost is no longer sent in that round, a node that crashed has got another name. Such a fault is inert, and a
// counterexample of inert faults alone passes whatever the protocol does under faults.
//
// An omission meets a message that it loses; one whose sender has crashed anyway loses nothing. A crash meets a node
// that acts: at which a rule still fires in the round of the crash or later, or would, were it not for the crash. It
// need not lose a message, because specifications read who has crashed. They may read it of a node that never acts,
// too; so crashes of such nodes count as inert only where the run violates the same without them.

import Dedalus
import Evaluation
import Lineage
import Properties
import Scenarios

extension Question {
  /// The faults of `run` that touch nothing, in order. `rerun` runs the same program under other faults.
  public func inertFaults(of run: Execution, rerun: (FaultSet) -> Execution) -> [Fault] {
    let lost = Set(run.messages.compactMap { run.fault(behind: $0) })
    let idle = run.faults.faults.filter { fault in
      switch fault.subject {
      case .link: !lost.contains(fault)
      case .node(let node):
        // What stops acting when it is struck must be seen acting without that.
        !(crashView == .silent ? run : rerun(run.faults.removing([fault]))).acts(node, from: fault.round)
      }
    }
    guard idle.contains(where: \.strikesNode) else { return idle }
    let baseline = property.comparesWithBaseline ? rerun(.none) : nil
    let rest = rerun(run.faults.removing(idle))
    let isSame = violations(in: rest, baseline: baseline) == violations(in: run, baseline: baseline)
    return isSame ? idle : idle.filter { !$0.strikesNode }
  }
}

extension FaultSet {
  fileprivate func removing(_ others: [Fault]) -> FaultSet {
    FaultSet(faults.filter { !others.contains($0) })
  }
}

extension Fault {
  fileprivate var strikesNode: Bool { subject.form == .node }
}
