// A saved counterexample tests a program only while its faults still affect a run of it. Programs change: a
// message that was lost is no longer sent in that round, or a node that crashed has a new name. Such a fault
// is inert, and a counterexample with only inert faults passes whatever the protocol does under faults.
//
// An omission has an effect if it loses a message; if the sender has crashed anyway, it loses nothing. A
// crash has an effect if the node acts: a rule fires there in the round of the crash or later, or would fire
// without the crash. The crash need not lose a message, because specifications read which nodes have crashed.
// They may also read this of a node that never acts, so crashes of such nodes count as inert only if the run
// violates the same rows without them.

import Dedalus
import Evaluation
import Lineage
import Properties
import Scenarios

extension Question {
  /// The faults of `run` that have no effect, in order. `rerun` runs the same program under other faults.
  public func inertFaults(of run: Execution, rerun: (FaultSet) -> Execution) -> [Fault] {
    let lost = Set(run.messages.compactMap { run.fault(behind: $0) })
    let idle = run.faults.faults.filter { fault in
      switch fault.subject {
      case .link: !lost.contains(fault)
      case .node(let node):
        // A crashed node may have stopped, so whether it acts is read from a run without the crash.
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
