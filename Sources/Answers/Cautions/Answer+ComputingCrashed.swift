import Evaluation
import Scenarios

extension Answer {
  /// The nodes that crash in the counterexample and go on computing, where the violation rests on that: under
  /// the same faults nothing is broken when a crashed node stops.
  public var computingCrashed: [NodeID] {
    guard question.crashView == .silent, let found = counterexample else { return [] }
    let crashed = found.faults.faults.compactMap { fault -> NodeID? in
      if fault.kind == .crash, case .node(let node) = fault.subject { node } else { nil }
    }
    if crashed.isEmpty { return [] }
    let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    let setting = Setting(nodes: question.bounds.nodes, eot: question.bounds.eot, crashView: .failStop)
    let run = compiled.run(setting, under: found.execution.scenario)
    guard run.ending == .complete else { return [] }
    return question.violations(in: run, baseline: baseline).isEmpty ? crashed : []
  }
}
