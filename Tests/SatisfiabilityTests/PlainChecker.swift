/// LRAT without RAT, from the definition of the format, with sets and dictionaries: what the proof checker is
/// compared with.
struct PlainChecker {
  struct Step {
    var number: Int
    var clause: [Int]
    var hints: [Int]
  }

  static func accepts(_ formula: [[Int]], _ steps: [Step]) -> Bool {
    var clauses: [Int: Set<Int>] = [:]
    for (position, clause) in formula.enumerated() { clauses[position + 1] = Set(clause) }
    var last = formula.count
    for step in steps {
      guard step.number > last, follows(step, from: clauses) else { return false }
      clauses[step.number] = Set(step.clause)
      last = step.number
    }
    return clauses.values.contains([])
  }

  private static func follows(_ step: Step, from clauses: [Int: Set<Int>]) -> Bool {
    var known = Set(step.clause.map { -$0 })
    if known.contains(where: { known.contains(-$0) }) { return true }
    for (place, hint) in step.hints.enumerated() {
      guard let clause = clauses[hint] else { return false }
      let left = clause.filter { !known.contains(-$0) }
      if left.isEmpty { return place == step.hints.count - 1 }
      guard left.count == 1, known.isDisjoint(with: left) else { return false }
      known.formUnion(left)
    }
    return false
  }
}
