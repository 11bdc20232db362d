// The simplest possible evaluation, with which the fast one is compared: nested loops over lists of ground
// tuples, and every rule of a stratum again and again until nothing new is derived. It shares only the
// checked program with `Evaluation`.

import Dedalus
import Texts

extension ReferenceRun {
  /// Runs the program. Without `recordingFirings` the firings stay empty, which is faster.
  ///
  /// - Parameters:
  ///   - tupleLimit: a run with more tuples than this ends with a failure.
  ///   - shouldStop: polled every few hundred matches; returning true ends the run with a failure.
  public func execution(
    tupleLimit: Int = 20_000, recordingFirings: Bool = true,
    shouldStop: @escaping () -> Bool = { false }
  ) -> ReferenceExecution {
    var calls = 0
    var machine = Machine(run: self, tupleLimit: tupleLimit, recordsFirings: recordingFirings) {
      calls += 1
      return calls % 256 == 0 && shouldStop()
    }
    return machine.execution()
  }
}

/// A run in progress.
private struct Machine {
  let run: ReferenceRun
  let recordsFirings: Bool
  let shouldStop: () -> Bool
  var history: History
  var firings: Set<ReferenceFiring> = []
  var messages: Set<ReferenceMessage> = []

  init(
    run: ReferenceRun, tupleLimit: Int, recordsFirings: Bool, shouldStop: @escaping () -> Bool
  ) {
    self.shouldStop = shouldStop
    self.run = run
    self.recordsFirings = recordsFirings
    history = History(rounds: run.eot, limit: tupleLimit)
  }

  mutating func execution() -> ReferenceExecution {
    var failure: ReferenceFailure?
    var round = 0
    while round < run.eot, failure == nil {
      round += 1
      do throws(ReferenceFailure) { try play(round) } catch { failure = error }
    }
    return ReferenceExecution(
      tuples: history.tuples(upTo: failure == nil ? run.eot : round - 1), firings: firings.sorted(),
      messages: messages.sorted(), failure: failure)
  }

  private mutating func play(_ round: Int) throws(ReferenceFailure) {
    for tuple in facts(of: round) { _ = try history.insert(tuple) }
    let come = history.tuples(in: round)
    for tuple in run.statements(in: round) { _ = try history.insert(tuple) }
    for stratum in run.program.strata(in: round) {
      var hasChanged = true
      while hasChanged {
        hasChanged = false
        for rule in stratum.rules where try apply(rule, in: round) { hasChanged = true }
      }
      if recordsFirings { try recordFirings(of: stratum, in: round) }
    }
    guard round < run.eot else { return }
    for rule in run.program.rules.indices {
      switch run.program.rules[rule].timing {
      case .deductive: continue
      case .inductive: try advance(rule, in: round)
      case .async: try send(rule, in: round)
      }
    }
    for tuple in come where run.stays(tuple) { try keep(tuple) }
  }

  /// The facts that are placed in `round`.
  private func facts(of round: Int) -> [GroundTuple] {
    run.program.facts.filter { $0.round == round && run.isPlaced($0) }.map {
      GroundTuple(relation: $0.relation, values: $0.values, round: round)
    } + run.chosenFacts(of: round)
  }

  /// Lets `tuple` hold in the next round, too.
  private mutating func keep(_ tuple: GroundTuple) throws(ReferenceFailure) {
    assert(tuple.round < run.eot, "nothing is kept for after the end")
    let kept = GroundTuple(relation: tuple.relation, values: tuple.values, round: tuple.round + 1)
    if recordsFirings {
      firings.insert(
        ReferenceFiring(
          rule: nil, round: tuple.round, kind: .stay, head: kept, premises: [tuple], absences: []))
    }
    _ = try history.insert(kept)
  }
}

extension Machine {
  private func matches(_ rule: RuleID, in round: Int) -> RuleMatches {
    RuleMatches(of: rule, in: round, run: run, history: history, shouldStop: shouldStop)
  }

  /// Applies a deductive rule; true where something new is derived.
  private mutating func apply(_ rule: RuleID, in round: Int) throws(ReferenceFailure) -> Bool {
    let matches = matches(rule, in: round)
    let derivations = try matches.derivations()
    let heads =
      matches.rule.isAggregate ? try matches.groups(of: derivations).map(\.head) : derivations.map(\.head)
    var isNew = false
    for head in heads where try history.insert(matches.derived(head, in: round)) { isNew = true }
    return isNew
  }

  private mutating func recordFirings(of stratum: Stratum, in round: Int) throws(ReferenceFailure) {
    for rule in stratum.rules {
      let matches = matches(rule, in: round)
      let derivations = try matches.derivations()
      let kind: ReferenceFiring.Kind = matches.rule.isAggregate ? .row : .rule
      for derivation in derivations { record(kind, derivation, of: matches, headRound: round) }
      guard matches.rule.isAggregate else { continue }
      for group in try matches.groups(of: derivations) { record(group, of: matches, headRound: round) }
    }
  }

  private mutating func record(_ group: GroupResult, of matches: RuleMatches, headRound: Int) {
    guard recordsFirings else { return }
    firings.insert(
      ReferenceFiring(
        rule: matches.id, round: matches.round, kind: .aggregate,
        head: matches.derived(group.head, in: headRound), premises: premises(of: group, matches),
        absences: []))
  }

  private func premises(of group: GroupResult, _ matches: RuleMatches) -> [GroundTuple] {
    group.rows.map { matches.derived($0, in: matches.round) }
  }

  private mutating func record(
    _ kind: ReferenceFiring.Kind, _ derivation: Derivation, of matches: RuleMatches, headRound: Int
  ) {
    guard recordsFirings else { return }
    firings.insert(
      ReferenceFiring(
        rule: matches.id, round: matches.round, kind: kind,
        head: matches.derived(derivation.head, in: headRound),
        premises: derivation.match.premises, absences: derivation.match.absences))
  }

  private mutating func advance(_ rule: RuleID, in round: Int) throws(ReferenceFailure) {
    let matches = matches(rule, in: round)
    let derivations = try matches.derivations()
    if matches.rule.isAggregate {
      for derivation in derivations { record(.row, derivation, of: matches, headRound: round) }
      for group in try matches.groups(of: derivations) {
        record(group, of: matches, headRound: round + 1)
        _ = try history.insert(matches.derived(group.head, in: round + 1))
      }
      return
    }
    for derivation in derivations {
      record(.rule, derivation, of: matches, headRound: round + 1)
      _ = try history.insert(matches.derived(derivation.head, in: round + 1))
    }
  }

  private mutating func send(_ rule: RuleID, in round: Int) throws(ReferenceFailure) {
    let matches = matches(rule, in: round)
    let derivations = try matches.derivations()
    if matches.rule.isAggregate {
      for derivation in derivations { record(.row, derivation, of: matches, headRound: round) }
      for group in try matches.groups(of: derivations) where matches.isNode(group.head[0]) {
        let arrivals = try send(
          group.head, from: group.sender, premises(of: group, matches), [], of: matches)
        for round in arrivals { record(group, of: matches, headRound: round) }
      }
      return
    }
    for derivation in derivations {
      let match = derivation.match
      let arrivals = try send(
        derivation.head, from: match.location, match.premises, match.absences, of: matches)
      for round in arrivals { record(.rule, derivation, of: matches, headRound: round) }
    }
  }

  /// Sends `head`, whose first column is a node; the rounds of the run in which it arrives.
  private mutating func send(
    _ head: [Constant], from sender: Text?, _ premises: [GroundTuple], _ absences: [AbsencePattern],
    of matches: RuleMatches
  ) throws(ReferenceFailure) -> [Int] {
    guard case .string(let receiver)? = head.first else { return [] }
    let (fate, arrivals) = run.delivery(from: sender, to: receiver, sentIn: matches.round)
    assert((fate == .delivered) == !arrivals.isEmpty, "what arrives is delivered, and nothing else is")
    assert(
      arrivals.allSatisfy { $0 > matches.round }, "a message arrives after the round in which it is sent")
    messages.insert(
      ReferenceMessage(
        rule: matches.id, round: matches.round, head: matches.derived(head, in: matches.round + 1),
        sender: sender, receiver: receiver, fate: fate, arrives: arrivals, premises: premises,
        absences: absences))
    let seen = arrivals.filter { $0 <= run.eot }
    for round in seen { _ = try history.insert(matches.derived(head, in: round)) }
    return seen
  }
}

extension RuleMatches {
  fileprivate func derived(_ values: [Constant], in round: Int) -> GroundTuple {
    GroundTuple(relation: rule.headRelation, values: values, round: round)
  }
}
