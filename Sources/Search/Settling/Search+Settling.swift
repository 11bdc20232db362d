import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Properties
import Scenarios

extension SettlingClaim {
  /// What is found out about a claim.
  enum Answer {
    case holds
    /// Under this scenario the first quiet round is not as it should be.
    case restless(Scenario)
    /// With a larger EOT a property is broken.
    case broken
    /// Some computation may fail.
    case fails
    case stopped(Limit)
  }
}

extension Search {
  /// Proves `claim`, or finds what speaks against it. The question is about runs of as many rounds as the
  /// claim needs.
  mutating func prove(_ claim: SettlingClaim) throws(Disagreement) -> SettlingClaim.Answer {
    assert(question.bounds.eot == claim.eot, "the runs have the rounds that the claim needs")
    let baseline = execute(Scenario(.none, possible.inputs.first))
    switch baseline.ending {
    case .complete: break
    case .failed: return .fails
    case .exhausted(let resource, _): return .stopped(.budget(resource, baseline.largestRelation))
    case .stopped: return .stopped(stopwatch.reason)
    }
    guard let grounding = ground(after: baseline) else { return .stopped(draft.limit ?? stopwatch.reason) }
    var circuit = grounding.circuit
    let failure = circuit.or(grounding.errors.map(\.condition))
    let lull = Lull(claim, possible)
    let restless = restlessness(lull, grounding, &circuit)
    let broken = breach(lull, grounding, after: baseline, &circuit)
    let goals = [failure] + restless + [broken]
    var model = FaultModel(
      circuit, grounding.faults, bounds: question.bounds, goals: goals,
      shouldStop: { [stopwatch, progress] in stopwatch.mustStop(at: progress) })
    guard model.isComplete else { return .stopped(stopwatch.reason) }
    for goal in goals {
      switch try prove(&model, .init(goals: [goal])) {
      case .unsatisfiable: continue
      case .unknown: return .stopped(stopwatch.reason)
      case .satisfiable where goal == failure: return .fails
      case .satisfiable where goal == broken: return .broken
      case .satisfiable: return .restless(scenario(of: model.solution))
      }
    }
    return .holds
  }

  /// For each round that may be the first quiet one: that it is, and is not as the one a period before, in
  /// what it gives to the next. One round after the other is proved sooner than all at once.
  private func restlessness(_ lull: Lull, _ grounding: Grounding, _ circuit: inout Circuit) -> [Edge] {
    let claim = lull.claim
    let rows = grounding.rowGates(of: claim.invariance.carriers)
    return (claim.firstQuiet...claim.lastQuiet).map { round in
      let isFirst = lull.isFirstQuiet(round, &circuit)
      let (now, before) = (rows[round - 1], rows[round - 1 - claim.period])
      var differences: [Edge] = []
      for row in Set(now.keys).union(before.keys).sorted() {
        let (gate, earlier) = (now[row] ?? .never, before[row] ?? .never)
        if gate == earlier { continue }
        differences += [circuit.and([gate, !earlier]), circuit.and([!gate, earlier])]
      }
      return circuit.and([isFirst, circuit.or(differences)])
    }
  }

  /// That a property is broken: by a row of a round before the first quiet one, or with one of the first EOTs
  /// after the one that was asked.
  private func breach(
    _ lull: Lull, _ grounding: Grounding, after baseline: Execution, _ circuit: inout Circuit
  ) -> Edge {
    let claim = lull.claim
    var cases: [Edge] = []
    for property in question.properties where property.isAboutTheEnd {
      let last = max(claim.lastQuiet - 1, claim.from + claim.period - 1)
      for eot in stride(from: claim.from + 1, through: last, by: 1) {
        let prefix = HistoryPrefix(of: grounding, upTo: Round(eot))
        let expected = question.expectedRows(in: baseline, at: Round(eot))
        // Without a row the outcome is empty, which is no good answer either.
        if let outcome = question.outcome, outcome.pre == nil, expected.isEmpty { return .always }
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
    return circuit.or(cases)
  }

  private func scenario(of solution: FaultModel.Solution) -> Scenario {
    Scenario(
      FaultSet(solution.choices.map { possible.fault($0) }), possible.inputs.inputs(solution.places))
  }
}

/// Which rounds are quiet, as gates over the crashes.
private struct Lull {
  let claim: SettlingClaim
  private let possible: PossibleFaults
  private let crashes: [(round: Int, choice: ChoiceID)]

  init(_ claim: SettlingClaim, _ possible: PossibleFaults) {
    self.claim = claim
    self.possible = possible
    crashes = possible.all.filter { $0.fault.kind == .crash }.map { ($0.fault.round.position, $0.choice) }
  }

  /// That no round up to `round` is quiet.
  func isRestless(upTo round: Int, _ circuit: inout Circuit) -> Edge {
    guard claim.firstQuiet <= round else { return .always }
    return circuit.and((claim.firstQuiet...round).map { crash(in: ($0 - claim.calm)...$0, &circuit) })
  }

  /// That `round` is quiet, and no earlier one is.
  func isFirstQuiet(_ round: Int, _ circuit: inout Circuit) -> Edge {
    circuit.and([
      !crash(in: (round - claim.calm)...round, &circuit), isRestless(upTo: round - 1, &circuit),
    ])
  }

  /// That some node crashes in one of `rounds`, behind the base.
  private func crash(in rounds: ClosedRange<Int>, _ circuit: inout Circuit) -> Edge {
    let late = crashes.filter { rounds.contains($0.round) && $0.round > claim.invariance.base }
    return circuit.or(late.map { circuit.truth(of: $0.choice) })
  }

  /// That everything that is chosen may be chosen with this EOT: no node crashes later, and a fact that must
  /// be placed by then is.
  func isAdmissible(with eot: Int, _ circuit: inout Circuit) -> Edge {
    let placings = possible.inputs.entries.flatMap { entry in
      let isForced = !entry.alternatives.contains(nil) && entry.choices.contains { $0.round.position <= eot }
      return isForced ? entry.choices.filter { $0.round.position > eot }.map(\.choice) : []
    }
    let late = crashes.filter { $0.round >= eot }.map(\.choice) + placings
    return !circuit.or(late.map { circuit.truth(of: $0) })
  }
}

extension Grounding {
  /// By round, from 1: the gates of the rows of `relations` that may hold.
  fileprivate func rowGates(of relations: Set<RelationID>) -> [[RowID: Edge]] {
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
