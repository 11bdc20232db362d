// What a solver is asked about a claim that runs repeat themselves (see `Settling`). The same runs serve many
// claims: their gates are the same, and so is what the solver has learned about them. A round is only encoded
// when it is asked about, so that early questions are not about late rounds. Whether a property is broken is
// asked of a solver of its own, to which all that is of no use.

import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Properties
import Scenarios

/// All admissible runs of so many rounds, as gates, and a solver that is asked when they come to rest.
struct SettlingModel: ~Copyable {
  /// The runs have so many rounds.
  var lastRound: Int { search.question.bounds.eot }
  /// What is compared: each round with the one so many rounds before.
  let period: Int
  private var search: Search
  private let grounding: Grounding
  private let baseline: Execution
  private var circuit: Circuit
  private var model: FaultModel
  private let failure: Edge
  /// By round, from 1: that it is not as the one `period` before, in what it gives to the next.
  private let differences: [Edge]

  /// The model was not made: some computation may fail, or a limit came first.
  struct Unmade: Error {
    let answer: SettlingClaim.Answer
  }

  /// A model of the runs of `question` for claims with the relations and the period of `claim`.
  init(_ question: Question, for claim: SettlingClaim, _ patience: Patience) throws(Unmade) {
    var search = Search(question, patience)
    let baseline = search.execute(Scenario(.none, search.possible.inputs.first))
    switch baseline.ending {
    case .complete: break
    case .failed: throw Unmade(answer: .fails(eot: question.bounds.eot))
    case .exhausted(let resource, _):
      throw Unmade(answer: .stopped(.budget(resource, baseline.largestRelation)))
    case .stopped: throw Unmade(answer: .stopped(search.stopwatch.reason))
    }
    guard let grounding = search.ground(after: baseline) else {
      throw Unmade(answer: .stopped(search.draft.limit ?? search.stopwatch.reason))
    }
    period = claim.period
    var circuit = grounding.circuit
    differences = grounding.differences(of: claim.invariance.carriers, after: claim.period, &circuit)
    let crashes = search.possible.all.filter { $0.fault.kind == .crash }.map { circuit.truth(of: $0.choice) }
    failure = circuit.or(grounding.errors.map(\.condition))
    model = search.model(of: grounding, circuit, goals: [failure], later: differences + crashes)
    (self.circuit, self.grounding, self.baseline) = (circuit, grounding, baseline)
    self.search = search
  }

  /// Whether `claim` can be asked about.
  func knows(_ claim: SettlingClaim) -> Bool { claim.eot <= lastRound && claim.period == period }

  /// Proves `claim`, or finds what speaks against it.
  mutating func prove(_ claim: SettlingClaim) throws(Disagreement) -> SettlingClaim.Answer {
    assert(knows(claim), "the runs have the rounds that the claim needs")
    switch try search.prove(&model, .init(goals: [failure])) {
    case .unsatisfiable: break
    case .unknown: return .stopped(search.stopwatch.reason)
    case .satisfiable: return .fails(eot: lastRound)
    }
    let lull = Lull(claim, search.possible)
    if claim.crashes > 0 {
      // What a run without late crashes needs is not to be mistaken for what a crash puts off.
      let isCalm = lull.hasNoCrash(&circuit)
      if let answer = try proveRest(in: claim.firstQuiet, where: isCalm) { return answer }
    }
    for round in claim.firstQuiet...claim.lastQuiet {
      let isFirst = lull.isFirstQuiet(round, &circuit)
      if let answer = try proveRest(in: round, where: isFirst) { return answer }
    }
    return try proveUnbroken(lull)
  }

  /// Proves that `round` is as the one a period before where `condition` holds; nil where that is so.
  private mutating func proveRest(
    in round: Int, where condition: Edge
  ) throws(Disagreement) -> SettlingClaim.Answer? {
    let goal = circuit.and([condition, differences[round - 1]])
    model.read(circuit)
    return switch try search.prove(&model, .init(goals: [goal])) {
    case .unsatisfiable: nil
    case .unknown: .stopped(search.stopwatch.reason)
    case .satisfiable: .restless(scenario(of: model.solution))
    }
  }

  /// Proves that no property is broken as long as that is not known from what is quiet. One EOT, or one
  /// round, after the other is proved sooner than all at once.
  private mutating func proveUnbroken(_ lull: Lull) throws(Disagreement) -> SettlingClaim.Answer {
    let breaches = breaches(lull)
    var model = search.model(of: grounding, circuit, goals: [], later: breaches)
    for breach in breaches {
      switch try search.prove(&model, .init(goals: [breach])) {
      case .unsatisfiable: continue
      case .unknown: return .stopped(search.stopwatch.reason)
      case .satisfiable: return .broken
      }
    }
    return .holds
  }

  /// The ways to break a property: by a row of a round before the first quiet one, or with one of the first
  /// EOTs after the one that was asked.
  private mutating func breaches(_ lull: Lull) -> [Edge] {
    let (claim, question) = (lull.claim, search.question)
    var cases: [Edge] = []
    for property in question.properties where property.isAboutTheEnd {
      let last = max(claim.lastQuiet - 1, claim.from + claim.period - 1)
      for eot in stride(from: claim.from + 1, through: last, by: 1) {
        let prefix = HistoryPrefix(of: grounding, upTo: Round(eot))
        let expected = question.expectedRows(in: baseline, at: Round(eot))
        // Without a row the outcome is empty, which is no good answer either.
        if let outcome = question.outcome, outcome.pre == nil, expected.isEmpty { return [.always] }
        let violations = property.violations(in: prefix, expecting: expected, &circuit)
        let isEarly =
          eot < claim.from + claim.period ? .always : lull.isRestless(upTo: eot, &circuit)
        cases.append(
          circuit.and([
            circuit.or(violations.map(\.condition)), isEarly, lull.isAdmissible(with: eot, &circuit),
          ]))
      }
    }
    // What is decided within the rounds that were asked is known; but that some fact must be placed by then
    // may not be so in longer runs.
    let known = claim.invariance.base > claim.from ? 0 : claim.from - claim.window - 1
    for property in question.properties where !property.isAboutTheEnd {
      let late = property.violations(in: grounding, expecting: [], &circuit)
        .filter { $0.violation.round.position > known && $0.violation.round.position < claim.lastQuiet }
      for (round, violations) in Dictionary(grouping: late, by: \.violation.round).sorted(by: {
        $0.key < $1.key
      }) {
        cases.append(
          circuit.and([
            circuit.or(violations.map(\.condition)), lull.isRestless(upTo: round.position, &circuit),
          ]))
      }
    }
    return cases
  }

  private func scenario(of solution: FaultModel.Solution) -> Scenario {
    let possible = search.possible
    return Scenario(
      FaultSet(solution.choices.map { possible.fault($0) }), possible.inputs.inputs(solution.places))
  }
}

extension Grounding {
  /// By round, from 1: that it is not as the one `period` before, in the rows of `relations`; never, where
  /// there is no such round.
  fileprivate func differences(
    of relations: Set<RelationID>, after period: Int, _ circuit: inout Circuit
  ) -> [Edge] {
    let rows = rowGates(of: relations)
    var differences = [Edge](repeating: .never, count: min(period, rows.count))
    for round in rows.indices.dropFirst(period) {
      let (now, before) = (rows[round], rows[round - period])
      var cases: [Edge] = []
      for row in Set(now.keys).union(before.keys).sorted() {
        let (gate, earlier) = (now[row] ?? .never, before[row] ?? .never)
        if gate == earlier { continue }
        cases += [circuit.and([gate, !earlier]), circuit.and([!gate, earlier])]
      }
      differences.append(circuit.or(cases))
    }
    return differences
  }

  /// By round, from 1: the gates of the rows of `relations` that may hold.
  private func rowGates(of relations: Set<RelationID>) -> [[RowID: Edge]] {
    var rounds = [[RowID: Edge]](repeating: [:], count: setting.eot.position)
    for tuple in store.tuples {
      let row = store.row(of: tuple)
      guard relations.contains(store.relation(of: row)), gate(of: tuple) != .never else { continue }
      rounds[store.round(of: tuple).position - 1][row] = gate(of: tuple)
    }
    return rounds
  }
}

extension Question {
  /// The rows of the outcome that must survive with the EOT `round`, by the run without faults.
  func expectedRows(in baseline: Execution, at round: Round) -> [[Constant]] {
    comparesWithBaseline ? outcome.map { baseline.rows(of: $0.post, in: round).map(\.row) } ?? [] : []
  }
}
