// A saved counterexample tests a program only while its faults still affect a run of it. Programs change: a
// message that was lost is no longer sent in that round, or a node that crashed has a new name. Such a fault
// is inert, and a counterexample with only inert faults passes whatever the protocol does under faults.
//
// A fault of messages has an effect if it loses, delays or doubles one; if the sender has crashed anyway, it
// does nothing. A fault of a node has an effect if the node acts in its rounds: a rule fires there, or would
// fire without the fault. It need not lose a message, because specifications read which nodes fail. They may
// also read this of a node that never acts, so faults of such nodes count as inert only if the run violates
// the same rows without them. A missing fact has an effect if the program has the fact.

import Dedalus
import Evaluation
import Lineage
import Properties
import Scenarios

extension Question {
  /// The faults of `run` that have no effect, in order. `rerun` runs the same program under other faults and
  /// the same inputs.
  public func inertFaults(of run: Execution, rerun: (FaultSet) -> Execution) -> [Fault] {
    let changed = Set(run.messages.flatMap { run.faultsChanging($0) })
    let configured = run.program.configuredFacts
    let idle = run.faults.faults.filter { fault in
      switch fault.subject {
      case .link, .side: return !changed.contains(fault)
      case .fact(let fact): return !configured.contains(TimedFact(fact, in: fault.round))
      case .node(let node):
        // A node that fails may stop, so whether it acts is read from a run without the fault.
        let judge = fault.stopsNode(in: crashView) ? rerun(run.faults.removing([fault])) : run
        return !judge.acts(node, in: fault.span)
      }
    }
    guard idle.contains(where: \.strikesNode) else { return idle }
    let baseline = comparesWithBaseline ? rerun(.none) : nil
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

  fileprivate func stopsNode(in view: CrashView) -> Bool {
    effects(in: view).contains { if case .stops = $0 { true } else { false } }
  }

  /// The rounds of a fault of a node.
  fileprivate var span: Effect.Span {
    Effect.Span(from: round, through: meaning.isForGood ? nil : Round(rawValue: until.rawValue - 1))
  }
}
