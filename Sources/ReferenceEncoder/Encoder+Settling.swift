// The clauses of a claim about every EOT; ReferenceSettling says why they are enough.

import Dedalus
import ReferenceEvaluator

extension Encoder {
  /// Demands that the claim is wrong: the first quiet round of a run is not as the one a period before, or a
  /// specification is broken where that may not be, or some arithmetic has no result. `baseline` is the run
  /// without faults, where a specification compares with it.
  mutating func demandUnsettled(
    _ pumping: Pumping, expecting baseline: Encoder?
  ) throws(UnfinishedFormula) {
    assert(question.space.eot == pumping.eot, "the runs are as long as the proof by pumping needs")
    let restless = restlessness(of: pumping)
    var wrong = failures
    for round in pumping.claim.quiet...pumping.lastQuiet {
      let window = crash(behind: pumping.base, in: (round - pumping.claim.calm)...round)
      let differences = try differences(in: round, pumping)
      wrong.append(clauses.all([!window, restless[round - 1], clauses.any(differences)]))
    }
    for specification in question.specifications {
      if specification.isAboutTheEnd {
        wrong += try breaches(ofEnd: specification, pumping, restless, expecting: baseline)
      } else {
        for round in 1..<pumping.lastQuiet {
          try step(in: round)
          let rows = violations(of: specification, expecting: [], in: round, of: pumping.eot)
          wrong.append(clauses.all([clauses.any(rows), restless[round]]))
        }
      }
    }
    clauses.demand([clauses.any(wrong)])
  }

  /// For each round, from 0: the condition that no round up to it is quiet.
  private mutating func restlessness(of pumping: Pumping) -> [Condition] {
    var restless = [Condition](repeating: .always, count: pumping.claim.quiet)
    for round in pumping.claim.quiet...pumping.eot {
      let crash = crash(behind: pumping.base, in: (round - pumping.claim.calm)...round)
      restless.append(clauses.all([restless[round - 1], crash]))
    }
    assert(restless.count == pumping.eot + 1, "there is a condition for each round, and for round 0")
    return restless
  }

  /// The condition that some node crashes in one of `rounds`, after `base`.
  private mutating func crash(behind base: Int, in rounds: ClosedRange<Int>) -> Condition {
    clauses.any(
      faults.filter { fault, _ in
        if case .crash(_, let round) = fault { base < round && rounds.contains(round) } else { false }
      }.map(\.condition))
  }

  /// For each row that comes into `round`, or into the round a period before: the condition that it comes
  /// into only one of the two.
  private mutating func differences(
    in round: Int, _ pumping: Pumping
  ) throws(UnfinishedFormula) -> [Condition] {
    assert(round - pumping.claim.period >= pumping.base, "a period before, nothing came from outside either")
    var differences: [Condition] = []
    for relation in pumping.compared.sorted() {
      let (now, before) = (tables[round][relation], tables[round - pumping.claim.period][relation])
      for row in now.rows + before.rows.filter({ now.position(of: $0) == nil }) {
        try step(in: round)
        let (holds, held) = (now.condition(of: row), before.condition(of: row))
        if holds == held { continue }
        differences += [clauses.all([holds, !held]), clauses.all([!holds, held])]
      }
    }
    return differences
  }

  /// The ways to break `specification` with each EOT that has to be looked at.
  private mutating func breaches(
    ofEnd specification: ReferenceSpecification, _ pumping: Pumping, _ restless: [Condition],
    expecting baseline: Encoder?
  ) throws(UnfinishedFormula) -> [Condition] {
    let (from, period) = (pumping.from, pumping.claim.period)
    var breaches: [Condition] = []
    for eot in from...max(from + period - 1, pumping.lastQuiet - 1) {
      try step(in: eot)
      let expected = baseline?.expectedRows(of: specification, in: eot) ?? []
      // Without a row the outcome is empty, which is no good answer.
      if case .survival = specification, expected.isEmpty { return [.always] }
      let rows = violations(of: specification, expecting: expected, in: eot, of: eot)
      let isEarly = eot < from + period ? .always : restless[eot]
      breaches.append(clauses.all([clauses.any(rows), isEarly, isAdmissible(with: eot)]))
    }
    return breaches
  }

  /// The condition that the choices are admissible with this EOT: no node crashes in this round or later, and
  /// each fact that must have been placed by then has been.
  private mutating func isAdmissible(with eot: Int) -> Condition {
    let crashes = faults.filter { $0.fault.kind == .crash && $0.fault.round >= eot }.map(\.condition)
    let late = placings.filter { placing in
      let choice = question.program.choices[placing.statement]
      return !choice.isOptional && choice.rounds.lowerBound <= eot && placing.round > eot
    }.map(\.condition)
    return clauses.all((crashes + late).map { !$0 })
  }
}
