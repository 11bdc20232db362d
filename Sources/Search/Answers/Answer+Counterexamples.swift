import Evaluation

extension Answer {
  /// The counterexamples one by one, each with its run: all minimal sets, where those were asked for.
  ///
  /// Only the first run is kept, since there may be very many. The others are repeated as the sequence is
  /// read.
  public var everyCounterexample: some Sequence<Counterexample> {
    let sets = minimalSets?.elements ?? []
    let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    return (0..<max(counterexamples.count, sets.count)).lazy.map { position in
      if position < counterexamples.count { return counterexamples[position] }
      let set = sets[position]
      return Counterexample(
        faults: set.faults, minimum: set.faults.count == sets[0].faults.count, violations: set.violations,
        execution: compiled.run(question.setting, under: set.faults))
    }
  }
}
