// Whether a counterexample is late or lost. What must hold at the end of a run, or within some rounds, may
// come later than the bounds have it. So the program is run on under the same faults, and judged as if each
// further round were the last. Once the rows on which the properties depend are as in an earlier round, and
// no fault or fact can come any more, the run repeats itself, and it is known what becomes of it for ever.
//
// What other properties forbid has happened, and more rounds change nothing.

import Answers
import Dedalus
import Evaluation
import Properties
import Scenarios

extension Answer {
  /// What becomes of the counterexample when its run goes on; nil where there is none, or where it breaks
  /// what more rounds cannot mend.
  public var aftermath: Aftermath? { counterexample.flatMap { question.aftermath(of: $0) } }

  /// For a counterexample that was only late, by what is seen not much later: with how many rounds nothing is
  /// broken any more. Nil for others.
  var healing: Int? {
    guard let aftermath, !aftermath.hasDeadline, case .heals(let round) = aftermath.outcome else {
      return nil
    }
    return round.position <= question.healingHorizon ? round.position : nil
  }
}

extension Aftermath {
  /// The last round in which a run may first be seen to repeat itself.
  static let farthest = 500
}

extension Question {
  /// The last round that is tried at first, and for what `sweep` takes to be late only.
  public var healingHorizon: Int { min(2 * bounds.eot + 10, bounds.eot + 200) }

  /// What becomes of `counterexample` when its run goes on; nil where it breaks what more rounds cannot mend,
  /// where a longer run does not come to its end, or where with more rounds the run without faults is broken,
  /// too.
  public func aftermath(of counterexample: Counterexample, budget: Budget = .standard) -> Aftermath? {
    guard let continuation = Continuation(of: counterexample, of: self, budget) else { return nil }
    var last = healingHorizon
    var latest: Aftermath?
    while let aftermath = continuation.aftermath(upTo: last) {
      latest = aftermath
      if aftermath.recurrence != nil || !continuation.canRepeat || last >= Aftermath.farthest { break }
      last = min(2 * last, Aftermath.farthest)
    }
    return latest
  }
}

/// A counterexample's run that is made longer and longer.
private struct Continuation {
  private let question: Question
  private let scenario: Scenario
  private let budget: Budget
  private let compiled: CompiledProgram
  private let relations: Set<RelationID>
  /// The properties about the end that are to be met; where no deadline was missed, all others, too.
  private let properties: [Property]
  /// The rows that had to come within some rounds, and did not.
  private let missed: [(row: [Constant], of: RelationID, after: Round)]
  /// Whether rules or properties can tell how many rounds a run has.
  private let tellsLast: Bool
  /// Whether a run may be seen to repeat itself.
  let canRepeat: Bool

  /// Nil where `counterexample` breaks what more rounds cannot mend.
  init?(of counterexample: Counterexample, of question: Question, _ budget: Budget) {
    var missed: [(row: [Constant], of: RelationID, after: Round)] = []
    for violation in counterexample.violations {
      guard let property = question.property(named: violation.property) else { return nil }
      if case .within(_, _, let post) = property.form {
        missed.append((violation.row, post, violation.round))
      } else if !property.isAboutTheEnd {
        return nil
      }
    }
    let broken = Set(counterexample.violations.map(\.property))
    self.question = question
    self.missed = missed
    self.budget = budget
    scenario = counterexample.execution.scenario
    compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    properties =
      missed.isEmpty
      ? question.properties : question.properties.filter { $0.isAboutTheEnd && broken.contains($0.name) }
    let (program, rules) = (question.program, counterexample.execution.liveRules)
    let asked = question.relationsAsked
    relations = rules.cone(of: asked.union(program.relationsThatMayFail))
    let asksTime = asked.contains { $0 == program.time }
    tellsLast = asksTime || rules.distinguish([2], of: program.time, whereTheyDerive: relations)
    canRepeat = !asksTime && !rules.tellRounds(whereTheyDerive: relations)
    if tellsLast, !missed.isEmpty { return nil }
  }

  /// What becomes of it within `last` rounds; nil where a run does not come to its end.
  func aftermath(upTo last: Int) -> Aftermath? {
    guard let run = run(scenario, last) else { return nil }
    let others = question.comparesWithBaseline ? self.run(scenario.withoutFaults, last) : run
    guard let baseline = others else { return nil }
    let window = properties.map(\.window).max() ?? 0
    let recurrence = canRepeat ? run.recurrence(of: relations, beside: baseline) : nil
    let isLongEnough = recurrence.map { $0.first.position + $0.period + window <= last } ?? false
    let ends = Ends(
      run: RunRows(run), baseline: RunRows(baseline), question: question, properties: properties,
      recurrence: isLongEnough ? recurrence : nil)
    var outcomes: [Aftermath.Outcome] = []
    if !properties.isEmpty {
      outcomes.append(tellsLast ? outcome(ofRunsUpTo: last) : ends.outcome)
    }
    if !missed.isEmpty { outcomes.append(outcome(of: ends)) }
    if case .isBrokenForEver = outcomes.combined, missed.isEmpty, isBrokenWithoutFaults(last) { return nil }
    return Aftermath(
      outcome: outcomes.combined, recurrence: ends.recurrence, hasDeadline: !missed.isEmpty, execution: run,
      changing: canRepeat ? Repetition(run, of: relations).changing : [])
  }

  private func run(_ scenario: Scenario, _ last: Int) -> Execution? {
    let setting = Setting(nodes: question.bounds.nodes, eot: last, crashView: question.crashView)
    let run = compiled.run(setting, under: scenario, budget: budget)
    return run.ending == .complete ? run : nil
  }

  /// Whether the run without faults is broken in the end, too, as far as `last` rounds tell. That is not the
  /// faults' doing.
  private func isBrokenWithoutFaults(_ last: Int) -> Bool {
    guard let run = run(scenario.withoutFaults, last) else { return true }
    let rows = RunRows(run)
    let ends = Ends(run: rows, baseline: rows, question: question, properties: properties, recurrence: nil)
    let loop = run.recurrence(of: relations, beside: run)
    let rounds = loop.map { $0.first.position..<($0.first.position + $0.period) } ?? last..<(last + 1)
    return rounds.contains { !ends.isMet(upTo: $0) }
  }

  /// What becomes of the rows that missed their deadline.
  private func outcome(of ends: Ends) -> Aftermath.Outcome {
    var latest = Round(1)
    for (row, relation, round) in missed {
      let rounds = ends.run.rows(of: relation)
      let coming = (round.position..<rounds.count).first { rounds[$0].contains { $0.row == row } }
      guard let coming else {
        return ends.recurrence.map { .isBrokenForEver(in: $0.period) } ?? .isOpen
      }
      latest = max(latest, Round(coming + 1))
    }
    return .heals(latest)
  }

  /// What becomes of it where a run of fewer rounds is not the beginning of one of more.
  private func outcome(ofRunsUpTo last: Int) -> Aftermath.Outcome {
    var first: Round?
    for end in stride(from: last, to: question.bounds.eot, by: -1) {
      guard let run = run(scenario, end) else { break }
      let others = question.comparesWithBaseline ? self.run(scenario.withoutFaults, end) : run
      guard let baseline = others else { break }
      let ends = Ends(
        run: RunRows(run), baseline: RunRows(baseline), question: question, properties: properties,
        recurrence: nil)
      guard ends.isMet(upTo: end) else { break }
      first = Round(end)
    }
    return first.map { .heals($0) } ?? .isOpen
  }
}

/// A run that is judged as if each of its rounds were the last.
private struct Ends {
  let run: RunRows
  let baseline: RunRows
  let question: Question
  let properties: [Property]
  let recurrence: Recurrence?

  /// What becomes of the counterexample, as far as the rounds tell.
  var outcome: Aftermath.Outcome {
    let eot = question.bounds.eot
    guard let recurrence else {
      return firstGood(eot + 1...run.lastRound.position).map { .heals($0) } ?? .isOpen
    }
    // As last rounds, rounds of the loop stand for all that follow.
    let loop = recurrence.first.position..<(recurrence.first.position + recurrence.period)
    let lasting = properties.filter { !$0.isAboutTheEnd }
    if !isMet(upTo: run.lastRound.position, lasting) { return .isBrokenForEver(in: recurrence.period) }
    let broken = loop.filter { !isMet(upTo: $0) }
    if !broken.isEmpty { return .isBrokenForEver(in: broken.count) }
    let last = max(loop.upperBound - 1, eot + 1)
    return firstGood(eot + 1...last).map { .heals($0) } ?? .isOpen
  }

  /// The first of `ends` from which on all are good; nil where the last is not.
  private func firstGood(_ ends: ClosedRange<Int>) -> Round? {
    var first: Round?
    for end in ends.reversed() {
      guard isMet(upTo: end) else { break }
      first = Round(end)
    }
    return first
  }

  func isMet(upTo end: Int) -> Bool { isMet(upTo: end, properties) }

  private func isMet(upTo end: Int, _ properties: [Property]) -> Bool {
    let round = Round(end)
    let expected =
      question.comparesWithBaseline
      ? question.outcome.map { baseline.rows(of: $0.post, in: round).map(\.row) } ?? [] : []
    // An outcome that is empty without faults is no good one.
    if let outcome = question.outcome, outcome.pre == nil, expected.isEmpty,
      properties.contains(where: \.comparesWithBaseline)
    {
      return false
    }
    let history = HistoryPrefix(of: run, upTo: round)
    var algebra = OneRun()
    return properties.allSatisfy { property in
      !property.violations(in: history, expecting: expected, &algebra).contains(where: \.condition)
    }
  }
}

extension [Aftermath.Outcome] {
  /// What becomes of all of them together.
  fileprivate var combined: Aftermath.Outcome {
    var rounds: [Round] = []
    var broken = 0
    for outcome in self {
      switch outcome {
      case .isBrokenForEver(let count): broken = Swift.max(broken, count)
      case .heals(let round): rounds.append(round)
      case .isOpen: break
      }
    }
    if broken > 0 { return .isBrokenForEver(in: broken) }
    return rounds.count == count ? rounds.max().map { .heals($0) } ?? .isOpen : .isOpen
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

  /// The number of rounds after the one of a row that decide whether the row breaks the property.
  var window: Int {
    switch form {
    case .within(let slack, _, _): slack
    case .stable: 1
    case .finally, .finallyExpected, .survival, .always, .never, .neverMatching: 0
    }
  }
}

extension Question {
  /// The relations that its properties name.
  var relationsAsked: Set<RelationID> { Set(properties.flatMap { [$0.pre, $0.post] }.compactMap(\.self)) }
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
