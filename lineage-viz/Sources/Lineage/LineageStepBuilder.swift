import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios
import Search

/// Collects the steps of lineages and explanations of one program in one setting.
struct LineageStepBuilder {
  private(set) var result = LineageSteps()

  /// The run whose lineage is shown; where two runs are compared, the run under the faults.
  let run: Execution
  /// The run without faults, where runs are compared.
  private let baseline: Execution?
  private var numbers: [Key: StepID] = [:]

  /// Two steps with equal keys are the same step.
  private enum Key: Hashable {
    case tuple(SubjectID, Round), absence(SubjectID, Round), fault(Fault)
    case firing(RuleID?, head: StepID, causes: [Cause])
    case obstacle(SubjectID, head: StepID)
  }

  /// Something that a firing rests on, and how.
  struct Cause: Hashable {
    let step: StepID
    let kind: ArrowKind
  }

  init(_ run: Execution, comparedWith baseline: Execution? = nil) {
    self.run = run
    self.baseline = baseline
  }

  // MARK: The lineage of one run

  /// Adds all of `graph`, a lineage of `run`.
  mutating func add(_ graph: DerivationGraph) {
    let messages = run.messagesByFiring
    var steps = IndexedArray<DerivationNodeID, StepID?>(repeating: nil, count: graph.nodes.count)
    for id in graph.nodes.indices {
      switch graph.nodes[id] {
      case .tuple(let tuple): steps[id] = step(of: tuple, in: run)
      case .absence(let absence): steps[id] = step(of: absence, in: run)
      case .loss(let message): steps[id] = run.fault(behind: message).map { step(of: $0) }
      case .firing: continue
      }
      if id.position < graph.rootCount, let step = steps[id] { result.addRoot(step) }
    }
    for id in graph.nodes.indices {
      guard let head = steps[id] else { continue }
      switch graph.nodes[id] {
      case .tuple(let tuple): connectFault(toldBy: tuple, in: run, to: head)
      case .absence:
        for cause in graph.supports[id] { if let fault = steps[cause] { result.connect(fault, head, .cut) } }
      case .firing, .loss: continue
      }
      for support in graph.supports[id] {
        guard case .firing(let firing) = graph.nodes[support] else { continue }
        let premises = graph.supports[support].compactMap { cause -> Cause? in
          steps[cause].map { Cause(step: $0, kind: result.steps[$0].kind == .absence ? .absence : .premise) }
        }
        let faults = run.faults(enabling: firing).map { Cause(step: step(of: $0), kind: .premise) }
        let causes = premises + faults
        addFiring(firing, of: run, to: head, causes, messages[firing])
      }
    }
  }

  // MARK: The comparison of two runs

  /// Adds all of `explanation`, which compares the runs of `difference`. If the good run is not the run
  /// without faults, `excluded` is the fault that it lacks.
  mutating func add(_ explanation: Explanation, in difference: Difference, without excluded: Fault? = nil) {
    let messages = (good: difference.good.messagesByFiring, bad: difference.bad.messagesByFiring)
    let frontier = Set(explanation.frontier(in: difference))
    var steps = IndexedArray<CauseID, StepID?>(repeating: nil, count: explanation.nodes.count)
    for id in explanation.nodes.indices {
      steps[id] = step(of: explanation.nodes[id], in: difference, without: excluded)
      guard let step = steps[id] else { continue }
      if id.position < explanation.rootCount { result.addRoot(step) }
      if frontier.contains(id) { result.update(step) { $0.isFrontier = true } }
    }
    for id in explanation.nodes.indices {
      guard let head = steps[id] else { continue }
      for cause in explanation.causes[id] {
        let causes = explanation.causes[cause].compactMap { node -> Cause? in
          steps[node].map {
            Cause(step: $0, kind: arrow(from: explanation.nodes[node], explanation.nodes[cause]))
          }
        }
        switch explanation.nodes[cause] {
        case .blocked(let firing):
          addFiring(
            firing, of: difference.good, to: head, causes, messages.good[firing], isBlocked: true)
        case .enabled(let firing):
          addFiring(firing, of: difference.bad, to: head, causes, messages.bad[firing])
        default: if let tail = steps[cause], tail != head { result.connect(tail, head, .cut) }
        }
      }
    }
  }

  private mutating func step(
    of node: Explanation.Node, in difference: Difference, without excluded: Fault?
  ) -> StepID? {
    switch node {
    case .missing(let tuple), .held(let tuple):
      let step = step(of: tuple, in: difference.good)
      let isNew = result.steps[step].kind == .missing && !holdsInBaseline(tuple, of: difference.good)
      if isNew { result.update(step) { $0.excluded = excluded } }
      return step
    case .added(let tuple), .rederived(let tuple):
      if let fault = run.fault(toldBy: run.store.row(of: tuple)) { return step(of: fault) }
      return step(of: tuple, in: difference.bad)
    case .absent(let absence): return step(of: absence, in: difference.bad)
    case .fault(let fault): return step(of: fault)
    case .blocked, .enabled: return nil
    }
  }

  private func holdsInBaseline(_ tuple: TupleID, of execution: Execution) -> Bool {
    baseline.map { execution.counterpart(of: tuple, in: $0) != nil } ?? false
  }

  // MARK: Single steps

  private mutating func step(of tuple: TupleID, in execution: Execution) -> StepID {
    let row = execution.store.row(of: tuple)
    let subject = result.subject(.row(execution.store.relation(of: row), execution.values(of: row)))
    let round = execution.store.round(of: tuple)
    if let known = numbers[.tuple(subject, round)] { return known }
    let isHeld = execution.counterpart(of: tuple, in: run) != nil
    let kind: StepKind =
      if !isHeld { .missing } else if baseline == nil || holdsInBaseline(tuple, of: execution) { .held } else
      {
        .added
      }
    return new(
      .tuple(subject, round),
      LineageSteps.Step(
        kind: kind, subject: subject, round: round,
        location: execution.constants.node(execution.store.symbol(row, 0))))
  }

  private mutating func step(of absence: AbsenceID, in execution: Execution) -> StepID {
    step(of: execution.absence(absence), in: execution)
  }

  private mutating func step(of absence: Absence, in execution: Execution) -> StepID {
    let subject = result.subject(.pattern(absence.relation, absence.pattern))
    if let known = numbers[.absence(subject, absence.round)] { return known }
    let place = absence.pattern.first.flatMap { $0 }.flatMap { execution.constants.symbol(of: $0) }
    return new(
      .absence(subject, absence.round),
      LineageSteps.Step(
        kind: .absence, subject: subject, round: absence.round,
        location: place.flatMap { execution.constants.node($0) }))
  }

  mutating func step(of fault: Fault) -> StepID {
    if let known = numbers[.fault(fault)] { return known }
    return new(
      .fault(fault),
      LineageSteps.Step(
        kind: .fault, subject: result.subject(.fault(fault)), round: fault.round,
        location: fault.subject.node ?? run.location(of: fault)))
  }

  private mutating func new(_ key: Key, _ step: LineageSteps.Step) -> StepID {
    let number = result.add(step)
    numbers[key] = number
    return number
  }

  /// The step that says `claim` of the run; nil where no tuple is there to say it of.
  mutating func step(about claim: WhyNot.Claim) -> StepID? {
    if !claim.holds {
      let absence = Absence(relation: claim.relation, round: claim.round, pattern: claim.columns)
      return step(of: absence, in: run)
    }
    return run.tuple(claim.relation, claim.columns.compactMap { $0 }, in: claim.round).map {
      step(of: $0, in: run)
    }
  }

  mutating func addRoot(_ step: StepID) { result.addRoot(step) }

  mutating func connect(_ tail: StepID, _ head: StepID, _ kind: ArrowKind) {
    if tail != head { result.connect(tail, head, kind) }
  }

  // MARK: Firings

  /// Adds what keeps a rule from deriving `head`, or for a row that holds, the rule.
  mutating func addObstacle(
    _ subject: Subject, in round: Round, isBlocked: Bool, to head: StepID, _ causes: [Cause]
  ) {
    let number = result.subject(subject)
    let step =
      numbers[.obstacle(number, head: head)]
      ?? new(
        .obstacle(number, head: head),
        LineageSteps.Step(
          kind: .firing, subject: number, round: round, location: result.steps[head].location))
    result.update(step) { $0.isBlocked = isBlocked }
    for cause in causes {
      result.connect(cause.step, step, cause.kind, isMissing: isBlocked && cause.kind != .cut)
    }
    result.connect(step, head, .premise, isMissing: isBlocked)
  }

  private mutating func connectFault(toldBy tuple: TupleID, in execution: Execution, to head: StepID) {
    guard let fault = execution.fault(toldBy: execution.store.row(of: tuple)) else { return }
    result.connect(step(of: fault), head, .cut)
  }

  private mutating func addFiring(
    _ firing: FiringID, of execution: Execution, to head: StepID, _ causes: [Cause], _ message: Message?,
    isBlocked: Bool = false
  ) {
    let rule = execution.rule(of: firing)
    let step = self.firing(rule, of: execution, to: head, causes, message, isBlocked)
    result.update(step) {
      $0.isCopy = execution.copiedTuple(of: firing) != nil
      $0.isBlocked = isBlocked
    }
    for cause in causes { result.connect(cause.step, step, cause.kind, isMissing: isBlocked) }
    let isSent = message.map { $0.sender != $0.receiver } ?? false
    if isSent, let message {
      result.connect(
        step, head, .message(message.sender, message.receiver), isMissing: isBlocked, sent: message.sent)
    } else {
      result.connect(step, head, .premise, isMissing: isBlocked)
    }
  }

  private mutating func firing(
    _ rule: RuleID?, of execution: Execution, to head: StepID, _ causes: [Cause], _ message: Message?,
    _ isBlocked: Bool
  ) -> StepID {
    let key = Key.firing(rule, head: head, causes: causes)
    if let known = numbers[key] { return known }
    let isRow =
      if case .row(let relation, _) = result.subjects[result.steps[head].subject] {
        execution.schema[relation].aggregateRule != nil
      } else { false }
    let isLater = !isRow && rule.map { execution.program.rules[$0].timing != .deductive } ?? true
    let round = result.steps[head].round
    return new(
      key,
      LineageSteps.Step(
        kind: .firing, subject: result.subject(rule.map { Subject.rule($0) } ?? .staying),
        round: message?.sent ?? (isLater ? Round(rawValue: round.rawValue - 1) : round),
        location: message.map(\.sender) ?? result.steps[head].location))
  }

  /// How `cause` affects a firing that is blocked or enabled.
  private func arrow(from cause: Explanation.Node, _ firing: Explanation.Node) -> ArrowKind {
    let isBlocked = if case .blocked = firing { true } else { false }
    switch cause {
    case .added, .fault: return isBlocked ? .cut : .premise
    case .missing: return isBlocked ? .premise : .cut
    case .absent: return .absence
    default: return .premise
    }
  }
}

extension Execution {
  /// The message of each firing that sent one, or stands for its second copy.
  var messagesByFiring: [FiringID: Message] {
    var table: [FiringID: Message] = [:]
    for message in messages {
      let copies = message.arrivals.count { $0 <= setting.eot }
      for copy in 0..<max(1, copies) { table[FiringID(message.firing.position + copy)] = message }
    }
    return table
  }
}
