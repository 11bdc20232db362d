// Every property by itself: one run without faults, one grounding, one solver that has the clauses of all
// goals and keeps what it has learned. Each property is then searched as if it had been asked alone, and its
// answer is the same: no smallest set has a fault on which the property does not depend, so it does not
// matter that the solver knows more faults. That no computation fails is proved once for all.

import Answers
import Evaluation
import Properties
import Scenarios

/// The answers for the properties of a question, one by one.
public struct EachAnswer: Sendable {
  /// The question about all of them.
  public let question: Question
  /// For each property, in the order of the question, the answer to the question about it alone. Its cost
  /// is that of what all have in common and of its own search.
  public let answers: [Answer]
  /// For each property its frontiers, where they were asked for; none where its answer has none.
  public let frontiers: [FrontierAnswer]
  /// What all searches together cost.
  public let cost: Cost
  /// What of the program the admissible runs use, where that was asked for.
  public let coverage: AdmissibleCoverage?
}

/// Whoever follows the search for each property, as a record of it does.
public struct EachObserver {
  /// Told before the search for a property, with the question about it and the patience of the search; what
  /// it changes of the patience counts for this property.
  public var begin: (Question, inout Patience) throws -> Void
  /// Told of each answer.
  public var end: (Answer) throws -> Void

  /// An observer; without closures one that does nothing.
  public init(
    begin: @escaping (Question, inout Patience) throws -> Void = { _, _ in },
    end: @escaping (Answer) throws -> Void = { _ in }
  ) {
    self.begin = begin
    self.end = end
  }
}

/// Answers every property of `question` by itself, as `check` would answer the question about it alone.
///
/// - Throws: `Disagreement`, which is a bug in Faultline, and what `observer` throws.
public func checkEach(
  _ question: Question, patience: Patience = Patience(), covering: Bool = false,
  observer: EachObserver = EachObserver()
) throws -> EachAnswer {
  var search = Search(question, patience)
  search.covers = covering
  return try search.runEach(then: .nothing, observer)
}

/// The frontiers of every property of `question` by itself.
///
/// - Throws: `Disagreement`, which is a bug in Faultline.
public func frontierOfEach(
  _ question: Question, _ shape: FrontierShape = FrontierShape(), patience: Patience = Patience()
) throws -> EachAnswer {
  var search = Search(question, patience)
  return try search.runEach(then: .drawFrontiers(shape), EachObserver())
}

extension Search {
  /// The answers for each property of the question.
  mutating func runEach(then sequel: Sequel, _ observer: EachObserver) throws -> EachAnswer {
    let (whole, patience) = (question, patience)
    let execution = execute(Scenario(.none, possible.inputs.first))
    var series = Series(parts: whole.parts, patience: patience, sequel: sequel, observer: observer)
    let open = series.parts.filter { $0.isOpen(after: execution) }
    if !open.isEmpty, let grounding = ground(after: execution) {
      var circuit = grounding.circuit
      let goals = series.parts.map { part in
        part.isOpen(after: execution) ? Goals(of: part, in: grounding, after: execution, &circuit) : nil
      }
      var model = self.model(of: grounding, circuit, goals.compactMap(\.self))
      count(model, gates: circuit.gateCount)
      series.faultVariables = draft.cost[.faultVariables]
      draft.cost[.total] = stopwatch.elapsed
      series.common = draft
      for (part, goals) in zip(series.parts, goals) {
        try answer(part, execution, &series) { (search) throws(Disagreement) in
          guard let goals else { return }
          let view = CircuitView(
            circuit: circuit, possible: grounding.faults, possibleViolations: goals.violations,
            baseline: execution)
          let before = model.statistics
          try search.search(&model, goals, view)
          search.noteUntouched(in: grounding)
          try search.search(&model, goals, view, then: sequel)
          search.count(model, gates: circuit.gateCount, since: before)
          search.draft.cost[.faultVariables] = circuit.inputs(of: goals.all).count
        }
      }
      if covers {
        (question, draft) = (whole, series.common)
        try cover(grounding, after: execution)
      }
    } else {
      draft.cost[.total] = stopwatch.elapsed
      series.common = draft
      for part in series.parts { try answer(part, execution, &series) { _ throws(Disagreement) in } }
    }
    (question, self.patience) = (whole, patience)
    series.total[.faultVariables] = series.faultVariables
    stopwatch.report(as: patience)
    series.total[.total] = stopwatch.elapsed
    return EachAnswer(
      question: whole, answers: series.answers, frontiers: series.frontiers, cost: series.total,
      coverage: covers ? draft.coverage : nil)
  }

  /// What belongs to the searches for all properties.
  private struct Series {
    /// The questions about one property each.
    let parts: [Question]
    let patience: Patience
    let sequel: Sequel
    let observer: EachObserver
    /// What was found before the first property was looked at.
    var common = Draft()
    var answers: [Answer] = []
    var frontiers: [FrontierAnswer] = []
    var total = Cost()
    var faultVariables = 0
  }

  /// Answers `part`, by `body` where the run without faults does not decide it.
  private mutating func answer(
    _ part: Question, _ execution: Execution, _ series: inout Series,
    _ body: (inout Search) throws(Disagreement) -> Void
  ) throws {
    let start = stopwatch.elapsed
    question = part
    patience = series.patience
    try series.observer.begin(part, &patience)
    stopwatch.report(as: patience)
    draft = series.common
    frontiers = []
    if judge(execution) != nil, draft.limit == nil { try body(&self) }
    let own = draft.cost
    let answer = answer(by: .circuit, lasting: series.common.cost[.total] + stopwatch.elapsed - start)
    if series.answers.isEmpty { series.total = series.common.cost }
    series.total.add(own, without: series.common.cost)
    series.answers.append(answer)
    if case .drawFrontiers = series.sequel {
      series.frontiers.append(FrontierAnswer(answer: answer, frontiers: frontiers, limit: draft.limit))
    }
    try series.observer.end(answer)
  }
}

extension Question {
  /// Whether `baseline`, the run without faults, leaves the answer open.
  fileprivate func isOpen(after baseline: Execution) -> Bool {
    baseline.ending == .complete && violations(in: baseline).isEmpty && !lacksDemand(after: baseline)
  }
}
