// What the formula demands: that the choices are admissible, and that they break something.

import Dedalus
import ReferenceEvaluator
import Texts

extension Encoder {
  /// Demands an admissible set of faults that the question asks for, and an admissible choice of inputs.
  mutating func demandAdmissibleChoices() throws(UnfinishedFormula) {
    assert(
      Int(clauses.variableCount) == 1 + faults.count + placings.count,
      "the variables of choices come first, behind the one that is always true")
    demandNoConflict()
    for kind in ReferenceFault.Kind.allCases {
      guard let budget = question.space.budget(of: kind) else { continue }
      try demandAtMost(budget, of: faults.filter { $0.fault.kind == kind }.map(\.condition))
    }
    if let most = question.mostFaults { try demandAtMost(most, of: faults.map(\.condition)) }
    for set in question.known {
      let chosen = set.compactMap { conditions[$0] }
      if chosen.count == set.count { clauses.demand(chosen.map { !$0 }) }
    }
    try demandOnePlacing()
  }

  /// Excludes each pair of faults that cannot occur together; the two are then of the same node or link.
  private mutating func demandNoConflict() {
    var seen: [[Text]: [(fault: ReferenceFault, condition: Condition)]] = [:]
    let kinds: [ReferenceFault.Kind] = [.crash, .pause, .restart, .wipe, .delay, .duplicate]
    for (fault, condition) in faults where kinds.contains(fault.kind) {
      for (other, otherCondition) in seen[fault.nodes] ?? [] where fault.conflict(with: other) != nil {
        clauses.demand([!condition, !otherCondition])
      }
      seen[fault.nodes, default: []].append((fault, condition))
    }
  }

  /// Demands that each chosen fact is placed in one round, or in at most one where it may be left out.
  private mutating func demandOnePlacing() throws(UnfinishedFormula) {
    for (number, choice) in question.program.choices.enumerated() {
      let rounds = placings.filter { $0.statement == number }.map(\.condition)
      try demandAtMost(1, of: rounds)
      if !choice.isOptional, !rounds.isEmpty { clauses.demand(rounds) }
    }
  }

  /// Demands that at most `most` of `conditions` be true: one by one, how many of those so far are.
  private mutating func demandAtMost(
    _ most: Int, of conditions: [Condition]
  ) throws(UnfinishedFormula) {
    assert(most >= 0, "no set has fewer than no faults")
    guard most < conditions.count else { return }
    // `reached[n]`: at least n of the conditions so far are true.
    var reached = [Condition.always] + Array(repeating: .never, count: most + 1)
    for condition in conditions {
      for number in (1..<reached.count).reversed() {
        try step(in: 0)
        reached[number] = clauses.any([
          reached[number], clauses.all([reached[number - 1], condition]),
        ])
      }
    }
    clauses.demand([!reached[most + 1]])
  }

  /// Demands that a specification is broken, or that some arithmetic has no result. `baseline` is the run
  /// without faults, where a specification compares with it.
  mutating func demandViolation(expecting baseline: Encoder?) {
    var broken = failures
    let eot = question.space.eot
    for specification in question.specifications {
      let expected = baseline?.expectedRows(of: specification, in: eot) ?? []
      for round in 1...eot {
        broken += violations(of: specification, expecting: expected, in: round, of: eot)
      }
    }
    clauses.demand([clauses.any(broken)])
  }

  /// The rows that `specification` compares with in this run, in which nothing is chosen, where it has `eot`
  /// rounds.
  func expectedRows(of specification: ReferenceSpecification, in eot: Int) -> [[Constant]] {
    guard specification.comparesWithBaseline, let outcome = specification.outcome else { return [] }
    let table = tables[eot][outcome.position]
    assert(table.conditions.allSatisfy { $0 == .always }, "where nothing is chosen, a possible row holds")
    return table.rows.map { row in row.map { constants[Int($0)] } }
  }

  /// For each row that may break `specification` in `round` of a run of `eot` rounds: the condition under
  /// which it does.
  mutating func violations(
    of specification: ReferenceSpecification, expecting expected: [[Constant]], in round: Int, of eot: Int
  ) -> [Condition] {
    switch specification {
    case .implication(let pre, let post):
      return round == eot ? lapses(of: pre, from: post, 0...0, in: round) : []
    case .always(let pre, let post): return lapses(of: pre, from: post, 0...0, in: round)
    case .never(let relation): return tables[round][relation.position].conditions
    case .neverMatching(let relation, let columns, let only):
      if let only, only != round { return [] }
      let table = tables[round][relation.position]
      return zip(table.rows, table.conditions).compactMap { row, holds in
        ReferenceSpecification.agree(row.map { constants[Int($0)] }, columns) ? holds : nil
      }
    case .within(let slack, let pre, let post):
      return round + slack <= eot ? lapses(of: pre, from: post, 0...slack, in: round) : []
    case .stable(let relation):
      return round < eot ? lapses(of: relation, from: relation, 1...1, in: round) : []
    case .molly(let pre, let post):
      return round < eot
        ? []
        : expected.map { row in
          let row = symbols(of: row)
          return clauses.all([condition(of: row, pre, in: eot), !condition(of: row, post, in: eot)])
        }
    case .survival(let outcome):
      return round < eot ? [] : expected.map { row in !condition(of: symbols(of: row), outcome, in: eot) }
    }
  }

  /// For each row of `pre` in `round`: the condition that `post` does not have it in any of the rounds that
  /// are so many rounds `later`.
  private mutating func lapses(
    of pre: RelationID, from post: RelationID, _ later: ClosedRange<Int>, in round: Int
  ) -> [Condition] {
    let table = tables[round][pre.position]
    return zip(table.rows, table.conditions).map { row, holds in
      clauses.all([holds] + later.map { !condition(of: row, post, in: round + $0) })
    }
  }

  private func condition(of row: [Symbol], _ relation: RelationID, in round: Int) -> Condition {
    tables[round][relation.position].condition(of: row)
  }
}

extension ReferenceSpecification {
  /// Whether it compares with the run without faults.
  var comparesWithBaseline: Bool {
    switch self {
    case .molly, .survival: true
    case .implication, .always, .never, .neverMatching, .within, .stable: false
    }
  }

  /// The relation whose rows without faults must be there.
  fileprivate var outcome: RelationID? {
    switch self {
    case .molly(_, let post): post
    case .survival(let outcome): outcome
    case .implication, .always, .never, .neverMatching, .within, .stable: nil
    }
  }
}
