// Does what holds within EOT rounds hold for ever? A proof by pumping.
//
// Let *base* be the round from which each round is the same function of the one before, but for crashes (see
// TimeInvariance), and let a crash be *recent* in round r if it is in one of the rounds r − calm … r. The
// solver proves, over all admissible fault sets of E rounds:
//
//     (1) every round r from base + calm on in which no crash is recent equals round r − period;
//     (2) for every EOT from the asked one up to E, the properties hold.
//
// Claim: with at most c crashes, `calm` at least `period`, and E at least
// base + (c + 1) (calm + 1) + the longest window of a property, the properties hold for every EOT.
//
// For take a run of more than E rounds that breaks one, cut off after the window of the violation, which
// begins in some round v. Its crashes divide the rounds from base to v into at most c + 1 stretches. One of
// them has calm + 1 rounds or more, since v is so late; take the first of these, and in it the first round r
// in which no crash is recent. By (1) r is as round r − period, which is in the stretch, too. (1) speaks of
// runs of E rounds. But r is smaller than E, what happens later does not change what was before, and rules
// cannot tell in which later round a node crashes; so a crash after round E − 1 may be taken to be in it.
// Leave the rounds r − period + 1 … r out, and let everything later come earlier, the crashes as well. Each
// round still follows from the one before, so this is a run under admissible faults, and it breaks the
// property as the longer one did. Repeat until no more than E rounds are left. Then more than E − period are
// left, and by (2) there is no such run.
//
// With a last round for crashes, base lies behind it, and c is 0. Where a property compares with the run
// without faults, that run repeats itself, too.

import Dedalus
import Evaluation
import Indices
import Lineage
import Properties
import Scenarios
import Texts

/// How far a search for settling goes.
public struct SettlingLimits: Hashable, Sendable {
  /// The largest EOT that is looked at.
  public var eot: Int
  /// The longest period that is looked for.
  public var period: Int

  /// Up to 40 rounds, and periods of up to 8.
  public init(eot: Int = 40, period: Int = 8) { (self.eot, self.period) = (eot, period) }
}

/// Whether the answer that the outcome of `question` holds is true for every EOT from there on.
///
/// - Throws: `Disagreement`, which is a bug in Faultline.
public func settlement(
  of question: Question, limits: SettlingLimits = SettlingLimits(), patience: Patience = Patience()
) throws(Disagreement) -> Settlement {
  var settling = Settling(question, limits, patience)
  return try settling.run()
}

/// A search for the rounds after which every run repeats itself.
private struct Settling {
  private let question: Question
  private let invariance: TimeInvariance
  private let limits: SettlingLimits
  private let patience: Patience
  private let stopwatch: Stopwatch
  private let compiled: CompiledProgram
  /// Runs whose repetition is known to need time.
  private var samples: [Repetition] = []
  private var period = 1
  private var calm = 1

  init(_ question: Question, _ limits: SettlingLimits, _ patience: Patience) {
    self.question = question
    self.limits = limits
    self.patience = patience
    stopwatch = Stopwatch(patience)
    compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    invariance = TimeInvariance(of: question)
  }

  /// The number of crashes that a longer run may have after the base.
  private var crashes: Int {
    question.hasLateCrashes ? min(question.bounds.crashes, question.bounds.nodes.count) : 0
  }

  /// The longest window of a property.
  private var window: Int { question.properties.map(\.window).max() ?? 0 }

  private var leastEOT: Int {
    max(
      question.bounds.eot + period - 1, invariance.base + (crashes + 1) * (calm + 1) + window)
  }

  mutating func run() throws(Disagreement) -> Settlement {
    if let obstacle = invariance.obstacle { return .open("Not settled: \(obstacle).") }
    if let reason = learn(from: Scenario(.none, question.possibleFaults.inputs.first)) { return reason }
    while true {
      guard leastEOT <= limits.eot else {
        return .open(
          "Not settled by EOT \(limits.eot): \(counted(calm, "round")) without a fault would have to be looked at."
        )
      }
      guard let longer = question.with(eot: leastEOT) else {
        return .open("Not settled: the question cannot be asked with EOT \(leastEOT).")
      }
      switch try prove(longer) {
      case .settled(let settled): return .settled(settled)
      case .other(let settlement): return settlement
      case .restless(let scenario):
        let before = (period, calm)
        if let reason = learn(from: scenario) { return reason }
        guard before != (period, calm) else {
          throw Disagreement(
            question: longer, scenario: scenario,
            description: "the circuit says that a round is not as an earlier one; the run says that it is")
        }
      }
    }
  }

  private enum Outcome {
    case settled(Settled)
    case restless(Scenario)
    case other(Settlement)
  }

  /// Runs the program under `scenario` as long as the limits allow, and raises period and calm to what that
  /// run needs. Why there is nothing to be found, where it never repeats itself.
  private mutating func learn(from scenario: Scenario) -> Settlement? {
    guard let longest = question.with(eot: limits.eot) else {
      return .open("Not settled: EOT is larger than \(limits.eot), the largest that is looked at.")
    }
    let execution = compiled.run(
      longest.setting, under: scenario, budget: patience.budget,
      shouldStop: { [stopwatch] in stopwatch.isOver }
    )
    switch execution.ending {
    case .complete: break
    case .stopped: return .inconclusive(stopwatch.reason)
    case .failed, .exhausted:
      return .open("Not settled: a run of \(limits.eot) rounds does not come to its end.")
    }
    let repetition = Repetition(execution, of: invariance.relations)
    guard let found = repetition.period(upTo: limits.period), lcm(found, period) <= limits.period else {
      let names = Question.quoted(repetition.changing, "and")
      return .open(
        "Not settled by EOT \(limits.eot): \(names) still \(repetition.changing.count == 1 ? "changes" : "change")."
      )
    }
    samples.append(repetition)
    period = lcm(found, period)
    calm = max(calm, period)
    for sample in samples { calm = max(calm, neededCalm(of: sample)) }
    return nil
  }

  /// The smallest calm after which every round of the run is as the one a period before.
  private func neededCalm(of sample: Repetition) -> Int {
    let first = invariance.base + period
    guard first <= limits.eot else { return limits.eot }
    return (first...limits.eot).map { round in
      if sample.isRepeated(round, after: period) { return 0 }
      let sinceBase = round - invariance.base + 1
      return sample.latestCrash(upTo: round).map { min(sinceBase, round - $0) } ?? sinceBase
    }.max() ?? 0
  }

  /// Tries to prove both parts of the claim for `longer`, the question at the EOT that they need.
  private func prove(_ longer: Question) throws(Disagreement) -> Outcome {
    var rest = patience.remaining(after: stopwatch.elapsed)
    rest.didRun = nil
    rest.earlier = EarlierSearch()
    var search = Search(longer, rest)
    let claim = SettlingClaim(
      base: invariance.base, calm: calm, period: period, relations: invariance.relations,
      from: question.bounds.eot)
    switch try search.prove(claim) {
    case .holds:
      return .settled(
        Settled(
          from: question.bounds.eot, eot: longer.bounds.eot, period: period, calm: calm,
          lastCrash: question.bounds.budgets.lastCrash))
    case .restless(let scenario): return .restless(scenario)
    case .fails:
      return .other(.open("Not settled: with EOT \(longer.bounds.eot) a computation may have no result."))
    case .stopped(let limit): return .other(.inconclusive(limit))
    case .broken(let eot):
      guard let broken = question.with(eot: eot) else { return .other(.open("Not settled.")) }
      return .other(.broken(try check(broken, patience: rest)))
    }
  }
}

/// What must be proved over all runs of some rounds.
struct SettlingClaim {
  let base: Int
  let calm: Int
  let period: Int
  let relations: Set<RelationID>
  /// The first EOT for which the properties must hold; they are known to hold there.
  let from: Int

  enum Answer {
    case holds
    /// Under this scenario some round is not as it should be.
    case restless(Scenario)
    /// With this EOT a property is broken.
    case broken(Int)
    /// Some computation may fail.
    case fails
    case stopped(Limit)
  }
}

extension Search {
  /// Proves `claim`, or finds what speaks against it.
  fileprivate mutating func prove(_ claim: SettlingClaim) throws(Disagreement) -> SettlingClaim.Answer {
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
    let restless = restlessness(claim, grounding, &circuit)
    let violations = violations(claim, grounding, baseline, &circuit)
    let broken = circuit.or(violations.map(\.goal))
    var model = FaultModel(
      circuit, grounding.faults, bounds: question.bounds, goals: [failure, restless, broken],
      shouldStop: { [stopwatch, progress] in stopwatch.mustStop(at: progress) })
    guard model.isComplete else { return .stopped(stopwatch.reason) }
    switch try prove(&model, .init(goals: [failure])) {
    case .unknown: return .stopped(stopwatch.reason)
    case .satisfiable: return .fails
    case .unsatisfiable: break
    }
    switch try prove(&model, .init(goals: [restless])) {
    case .unknown: return .stopped(stopwatch.reason)
    case .satisfiable: return .restless(scenario(of: model.solution))
    case .unsatisfiable: break
    }
    switch try prove(&model, .init(goals: [broken])) {
    case .unknown: return .stopped(stopwatch.reason)
    case .unsatisfiable: return .holds
    case .satisfiable: break
    }
    for (eot, goal) in violations {
      switch solve(&model, .init(goals: [goal])) {
      case .satisfiable: return .broken(eot)
      case .unsatisfiable: continue
      case .unknown: return .stopped(stopwatch.reason)
      }
    }
    preconditionFailure("a disjunction that can be true has a member that can")
  }

  /// That some round without a recent crash is not as the one a period before: the first after the base, or
  /// the first after a crash. All others follow from these, round by round.
  private func restlessness(
    _ claim: SettlingClaim, _ grounding: Grounding, _ circuit: inout Circuit
  ) -> Edge {
    let rows = grounding.rowGates(of: claim.relations)
    var cases: [Edge] = []
    let first = claim.base + claim.calm
    guard first <= question.bounds.eot, first > claim.period else { return .never }
    for round in first...question.bounds.eot {
      let crash = crash(in: round - claim.calm - 1, &circuit)
      if round > first, crash == .never { continue }
      var differences: [Edge] = []
      let (now, before) = (rows[round - 1], rows[round - 1 - claim.period])
      for row in Set(now.keys).union(before.keys).sorted() {
        let (gate, earlier) = (now[row] ?? .never, before[row] ?? .never)
        if gate == earlier { continue }
        differences.append(circuit.and([gate, !earlier]))
        differences.append(circuit.and([!gate, earlier]))
      }
      let isCalm = noCrash(in: (round - claim.calm)...round, &circuit)
      let difference = circuit.or(differences)
      cases.append(circuit.and(round == first ? [difference, isCalm] : [difference, isCalm, crash]))
    }
    return circuit.or(cases)
  }

  /// For each EOT after the first one of the claim: that a run of so many rounds breaks a property.
  private func violations(
    _ claim: SettlingClaim, _ grounding: Grounding, _ baseline: Execution, _ circuit: inout Circuit
  ) -> [(eot: Int, goal: Edge)] {
    guard claim.from < question.bounds.eot else { return [] }
    return ((claim.from + 1)...question.bounds.eot).map { eot in
      let prefix = HistoryPrefix(of: grounding, upTo: Round(eot))
      let expected = question.outcome.map { baseline.rows(of: $0.post, in: Round(eot)).map(\.row) } ?? []
      let violations = question.possibleViolations(in: prefix, expecting: expected, &circuit)
      let inTime = noCrash(in: eot...question.bounds.eot, &circuit)
      return (eot, circuit.and([circuit.or(violations.map(\.condition)), inTime]))
    }
  }

  private func scenario(of solution: FaultModel.Solution) -> Scenario {
    Scenario(
      FaultSet(solution.choices.map { possible.fault($0) }), possible.inputs.inputs(solution.places))
  }

  /// That some node crashes in `round`.
  private func crash(in round: Int, _ circuit: inout Circuit) -> Edge {
    !noCrash(in: round...round, &circuit)
  }

  /// That no node crashes in `rounds`.
  private func noCrash(in rounds: ClosedRange<Int>, _ circuit: inout Circuit) -> Edge {
    let crashes = possible.all.filter { $0.fault.kind == .crash && rounds.contains($0.fault.round.position) }
    return circuit.and(crashes.map { !circuit.truth(of: $0.choice) })
  }
}

extension Grounding {
  /// By round, from 1: the gates of the rows of `relations` that may hold.
  fileprivate func rowGates(of relations: Set<RelationID>) -> [[RowID: Edge]] {
    let constant = Set(compiled.program.statedRelations.values).union(
      [compiled.program.time].compactMap(\.self))
    var rounds = [[RowID: Edge]](repeating: [:], count: setting.eot.position)
    for tuple in store.tuples {
      let row = store.row(of: tuple)
      let relation = store.relation(of: row)
      guard relations.contains(relation), !constant.contains(relation), gate(of: tuple) != .never else {
        continue
      }
      rounds[store.round(of: tuple).position - 1][row] = gate(of: tuple)
    }
    return rounds
  }
}

extension Question {
  /// The same question with another last round; nil where it cannot be asked.
  func with(eot: Int) -> Question? {
    try? Inquiry(self).question(about: program, eot: eot, eff: bounds.eff)
  }
}

extension Property {
  /// The number of rounds after the one of a row that decide whether the row breaks the property.
  fileprivate var window: Int {
    switch form {
    case .within(let slack, _, _): slack
    case .stable: 1
    case .finally, .finallyExpected, .survival, .always, .never, .neverMatching: 0
    }
  }
}

/// The least common multiple of two positive numbers.
private func lcm(_ left: Int, _ right: Int) -> Int {
  var (a, b) = (left, right)
  while b != 0 { (a, b) = (b, a % b) }
  return left / a * right
}
