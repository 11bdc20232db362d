// Whether a counterexample is late or lost. What must hold at the end of a run may come after the last round
// that the bounds have. So the program is run under the same faults for many more rounds, and judged as if
// each of them were the last. Only a property about the end can heal: what another one forbids has happened,
// and the deadline of `within` has passed.

import Dedalus
import Evaluation
import Properties
import Scenarios

extension Answer {
  /// For a counterexample that breaks nothing once the run has more rounds: the first round with which, and
  /// with every later one as far as was tried, the run breaks nothing. Nil for others.
  public var healing: Int? { counterexample.flatMap { question.healing(of: $0) } }
}

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

extension Question {
  /// The last round that is tried.
  public var healingHorizon: Int { min(2 * bounds.eot + 10, bounds.eot + 200) }

  /// The first last round with which, and with every later one up to the horizon, a run under the faults of
  /// `counterexample` meets the specification.
  func healing(of counterexample: Counterexample, budget: Budget = .standard) -> Int? {
    let broken = counterexample.violations.map(\.property)
    guard broken.allSatisfy({ property(named: $0)?.isAboutTheEnd ?? false }) else { return nil }
    let ends = (bounds.eot + 1)...healingHorizon
    return program.time == nil
      ? prefixes(ends, counterexample.execution.scenario, budget)
      : runs(ends, counterexample.execution.scenario, budget)
  }

  /// A run of fewer rounds is the beginning of one of more, where no rule reads how many there are.
  private func prefixes(_ ends: ClosedRange<Int>, _ scenario: Scenario, _ budget: Budget) -> Int? {
    let compiled = CompiledProgram(program, nodes: bounds.nodes)
    let setting = setting(eot: ends.upperBound)
    let run = compiled.run(setting, under: scenario, budget: budget)
    let baseline =
      comparesWithBaseline ? compiled.run(setting, under: scenario.withoutFaults, budget: budget) : run
    guard run.ending == .complete, baseline.ending == .complete else { return nil }
    let (rows, expected) = (RunRows(run), RunRows(baseline))
    return firstGood(ends) { end in
      isMet(by: HistoryPrefix(of: rows, upTo: Round(end)), expecting: self.expected(at: end, in: expected))
    }
  }

  private func runs(_ ends: ClosedRange<Int>, _ scenario: Scenario, _ budget: Budget) -> Int? {
    let compiled = CompiledProgram(program, nodes: bounds.nodes)
    return firstGood(ends) { end in
      let setting = setting(eot: end)
      let run = compiled.run(setting, under: scenario, budget: budget)
      let baseline =
        comparesWithBaseline ? compiled.run(setting, under: scenario.withoutFaults, budget: budget) : run
      guard run.ending == .complete, baseline.ending == .complete else { return false }
      let rows = expected(at: end, in: RunRows(baseline))
      return isMet(by: RunRows(run), expecting: rows)
    }
  }

  /// The first of `ends` from which on all are good; nil where the last is not.
  private func firstGood(_ ends: ClosedRange<Int>, _ isGood: (Int) -> Bool) -> Int? {
    var first: Int?
    for end in ends.reversed() {
      guard isGood(end) else { break }
      first = end
    }
    return first
  }

  private func setting(eot: Int) -> Setting {
    Setting(nodes: bounds.nodes, eot: eot, crashView: crashView)
  }

  /// The rows of the outcome that must survive at `end`; nil where there are none although some must.
  private func expected(at end: Int, in baseline: RunRows) -> [[Constant]]? {
    guard comparesWithBaseline, let outcome else { return [] }
    let rows = baseline.rows(of: outcome.post, in: Round(end)).map(\.row)
    return rows.isEmpty && outcome.pre == nil ? nil : rows
  }

  private func isMet<Past: History>(
    by history: Past, expecting expected: [[Constant]]?
  ) -> Bool where Past.Algebra == OneRun {
    guard let expected else { return false }
    var algebra = OneRun()
    return !possibleViolations(in: history, expecting: expected, &algebra).contains(where: \.condition)
  }
}

extension Property {
  /// Whether only the last round of a run counts.
  var isAboutTheEnd: Bool {
    switch form {
    case .finally, .finallyExpected, .survival: true
    case .always, .never, .neverMatching, .within, .stable: false
    }
  }
}

/// The rows of a run by relation and round, for a run that is judged many times.
private struct RunRows: History {
  typealias Algebra = OneRun
  typealias Rounds = [[(row: [Constant], condition: Bool)]]
  let lastRound: Round
  private let rounds: [RelationID: Rounds]
  private let none: Rounds

  init(_ execution: Execution) {
    var rounds: [RelationID: Rounds] = [:]
    let none: Rounds = Array(repeating: [], count: execution.setting.eot.position)
    for tuple in execution.store.tuples {
      let row = execution.store.row(of: tuple)
      let relation = execution.store.relation(of: row)
      rounds[relation, default: none][execution.store.round(of: tuple).position - 1].append(
        (execution.values(of: row), true))
    }
    self.rounds = rounds.mapValues { rounds in
      rounds.map { $0.sorted { $0.row.lexicographicallyPrecedes($1.row) } }
    }
    self.none = none
    lastRound = execution.lastRound
  }

  func rows(of relation: RelationID) -> Rounds { rounds[relation] ?? none }

  func rows(of relation: RelationID, in round: Round) -> [(row: [Constant], condition: Bool)] {
    rows(of: relation)[round.position - 1]
  }
}

extension FaultSet {
  /// The last round in which one of the faults begins or goes on, apart from what is for good; 0 for none.
  var lastRound: Int {
    faults.map { fault in
      fault.subject.form == .fact || fault.meaning.isForGood
        ? fault.round.position : max(fault.round.position, fault.meaning.leastEFF(of: fault) - 1)
    }.max() ?? 0
  }
}
