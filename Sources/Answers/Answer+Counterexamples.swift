import Evaluation

extension Answer {
  /// The counterexamples one by one, each with its run: all minimal sets, where those were asked for.
  ///
  /// Only the first run is kept, since there may be very many. The others are repeated as the sequence is
  /// read.
  public var everyCounterexample: some Sequence<Counterexample> {
    let (first, sets) = (counterexample, minimalSets?.elements ?? [])
    assert(sets.isEmpty || sets[0].faults == first?.faults, "the counterexample is the first of its list")
    let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    return (0..<max(1, sets.count)).lazy.compactMap { position in
      guard position > 0 else { return first }
      let set = sets[position]
      return Counterexample(
        minimum: set.faults.count == sets[0].faults.count, violations: set.violations,
        execution: compiled.run(question.setting, under: set.scenario))
    }
  }

  /// The run without faults with which `execution` is compared: that under the same inputs.
  public func baseline(for execution: Execution) -> Execution? {
    baseline.map { known in
      known.inputs == execution.inputs
        ? known
        : Evaluation.run(question.program, question.setting, under: execution.scenario.withoutFaults)
    }
  }
}
