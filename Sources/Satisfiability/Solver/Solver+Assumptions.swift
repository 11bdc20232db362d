extension Solver {
  /// The assumptions that together with the clauses make `assumption`, which is false, impossible; itself
  /// included (Eén & Sörensson, "Temporal Induction by Incremental SAT Solving", 2003).
  mutating func blame(for assumption: Literal) -> [Literal] {
    assert(trail.isFalse(assumption), "only what is impossible is to be blamed")
    let variable = assumption.variable
    guard trail[variable].level > 0 else {
      proveBlame([assumption])
      return [assumption]
    }
    analysis.clear()
    analysis.mark(variable, .seen)
    var failed = [assumption]
    for position in stride(from: Int(trail[variable].position), through: trail.factCount, by: -1) {
      let literal = trail.literals[position]
      guard analysis[literal.variable].contains(.seen) else { continue }
      guard let reason = trail[literal.variable].reason.clause else {
        failed.append(literal)
        continue
      }
      for place in 0..<clauses.size(reason) { analysis.mark(clauses[reason, place].variable, .seen) }
    }
    proveBlame(failed)
    return failed
  }
}
