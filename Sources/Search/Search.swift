// The search in one paragraph. Run the program without faults. Ground all runs. Ask the solver whether an
// admissible fault set makes some computation fail, then whether one breaks the specification. If so, bound
// the number of faults, from 1 upwards, until there is a solution again. Among the smallest sets find the
// first in canonical order. Run the program under it and report what that run shows. What the circuit says is
// never reported unless a run confirms it.
//
// Where the program leaves inputs open, the solver chooses them, too; they cost nothing. There are then many
// runs without faults. One of them is made first, and the solver is asked whether any of the others is
// broken.

import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Properties
import Satisfiability
import Scenarios

/// Searches for a smallest fault set that breaks the outcome, or proves that there is none.
///
/// With `covering` the answer says as well what of the program the admissible runs use.
///
/// - Throws: `Disagreement`, which is a bug in Faultline.
public func check(
  _ question: Question, patience: Patience = Patience(), covering: Bool = false
) throws(Disagreement) -> Answer {
  var search = Search(question, patience)
  search.covers = covering
  return try search.run()
}

/// The state of one search.
package struct Search: ~Copyable {
  /// What is asked now: the whole question, or one property of it.
  package internal(set) var question: Question
  package let compiled: CompiledProgram
  /// The faults that are inputs of the circuit.
  package let possible: PossibleFaults
  package var stopwatch: Stopwatch
  package internal(set) var patience: Patience
  /// The renamings of nodes, where only one of the fault sets that are renamings of each other is tried.
  package let symmetry: Symmetry?
  /// The latest runs, by those of their faults that change a run from its beginning. The next run starts from
  /// what it shares with one of them.
  var recent: [[Fault]: Execution] = [:]
  /// What has been found out so far.
  package var draft = Draft()
  /// Whether it shall be found out what of the program the admissible runs use.
  var covers = false
  /// Whether it is proved that no computation fails.
  private(set) var neverFails = false
  /// The frontiers that have been drawn, where they were asked for.
  var frontiers: [Frontier] = []
  package var progress: Progress

  package init(_ question: Question, _ patience: Patience, usingSymmetry: Bool = false) {
    self.question = question
    self.patience = patience
    stopwatch = Stopwatch(patience)
    compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    possible = question.possibleFaults
    symmetry =
      usingSymmetry
      ? Symmetry(
        of: question.program, nodes: question.bounds.nodes, sparing: question.bounds.budgets.spared) : nil
    progress = Progress(of: question.bounds)
  }

  /// What the solver is asked once the answer is known.
  enum Sequel {
    case nothing
    case listMinimalSets(atMost: Int)
    case drawFrontiers(FrontierShape)
  }

  mutating func run(then sequel: Sequel = .nothing) throws(Disagreement) -> Answer {
    if let baseline = runBaseline(), let grounding = ground(after: baseline) {
      var circuit = grounding.circuit
      let goals = Goals(of: question, in: grounding, after: baseline, &circuit)
      var model = self.model(of: grounding, circuit, [goals])
      let view = CircuitView(
        circuit: circuit, possible: grounding.faults, possibleViolations: goals.violations, baseline: baseline
      )
      try search(&model, goals, view)
      noteUntouched(in: grounding)
      if covers { try cover(grounding, after: baseline) }
      try search(&model, goals, view, then: sequel)
      count(model, gates: view.circuit.gateCount)
    }
    return answer(by: .circuit)
  }

  /// A solver for `goals`, which are edges of `circuit`. It has the clauses of the first ones.
  func model(of grounding: Grounding, _ circuit: Circuit, _ goals: [Goals]) -> FaultModel {
    model(
      of: grounding, circuit, goals: goals.first?.all ?? [], later: goals.dropFirst().flatMap(\.all))
  }

  /// A solver for `goals` and those that come `later`, which are edges of `circuit`.
  func model(of grounding: Grounding, _ circuit: Circuit, goals: [Edge], later: [Edge]) -> FaultModel {
    FaultModel(
      circuit, grounding.faults, bounds: question.bounds, goals: goals, later: later,
      shouldStop: { [stopwatch, progress] in stopwatch.mustStop(at: progress) })
  }

  /// Does what `sequel` asks for, once the answer is known.
  mutating func search(
    _ model: inout FaultModel, _ goals: Goals, _ view: CircuitView, then sequel: Sequel
  ) throws(Disagreement) {
    switch sequel {
    case .nothing: try seekMilder(&model, for: goals.violation, view)
    case .listMinimalSets(let limit):
      try listMinimalSets(&model, for: goals.violation, view, atMost: limit)
    case .drawFrontiers(let shape):
      try drawFrontiers(&model, for: goals.violation, view, shape)
    }
  }

  /// The answer, once a search by `strategy` has ended.
  ///
  /// `seconds` is how long it took, where that is not the time since the beginning.
  package mutating func answer(by strategy: Strategy, lasting seconds: Double? = nil) -> Answer {
    draft.cost[.total] = seconds ?? stopwatch.elapsed
    return Answer(
      to: question, by: strategy, draft.finding, baseline: draft.baseline,
      renamings: symmetry?.renamings.count, exhaustiveRuns: draft.exhaustiveRuns, milder: draft.milder,
      coverage: draft.coverage, isUntouched: draft.isUntouched, cost: draft.cost)
  }

  /// Finds what `model` says about `goals`, those of the question.
  mutating func search(
    _ model: inout FaultModel, _ goals: Goals, _ view: CircuitView
  ) throws(Disagreement) {
    guard model.isComplete else { return stopped() }
    if !neverFails {
      switch try prove(&model, .init(goals: [goals.failure])) {
      case .unknown: return stopped()
      case .satisfiable: return try reportFailure(&model, goals, view)
      case .unsatisfiable: neverFails = true
      }
    }
    if !possible.inputs.isEmpty, try !searchWithoutFaults(&model, goals, view) { return }
    assert(neverFails, "that no computation fails is asked first")
    draft.harmlessUpTo = patience.earlier.harmlessUpTo
    if let best = patience.earlier.best, !view.violations(under: best).isEmpty {
      return try reportCounterexample(
        &model, goals, view,
        from: .init(
          choices: best.faults.faults.compactMap { possible.choice(of: $0) },
          places: possible.inputs.places(of: best.inputs) ?? []))
    }
    switch try seek(goals.violation, in: &model) {
    case .unknown: stopped()
    case .satisfiable: try reportCounterexample(&model, goals, view, from: model.solution)
    case .unsatisfiable: try reportHolds(&model, goals, view.baseline)
    }
  }

  /// Asks whether some inputs break a property without any fault; true where none do.
  private mutating func searchWithoutFaults(
    _ model: inout FaultModel, _ goals: Goals, _ view: CircuitView
  ) throws(Disagreement) -> Bool {
    let call = FaultModel.Call(goals: [goals.violation], atMost: 0)
    switch try prove(&model, call) {
    case .unsatisfiable: return true
    case .unknown: stopped()
    case .satisfiable:
      let smallest = try smallestSet(&model, call, within: model.solution)
      let found = try confirm(smallest.scenario(possible), view, isMinimum: true)
      draft.decide(found.violations, withoutFaultsIn: found.execution, of: question)
    }
    return false
  }

  private mutating func reportHolds(
    _ model: inout FaultModel, _ goals: Goals, _ baseline: Execution
  ) throws(Disagreement) {
    var vacuous: [String] = []
    let demanding = question.demandingProperties(in: baseline)
    for (property, goal) in goals.premises where !demanding.contains(property) {
      switch try prove(&model, .init(goals: [goal])) {
      case .unknown: return stopped()
      case .satisfiable: break
      case .unsatisfiable: vacuous.append(property)
      }
    }
    assert(draft.decision == nil, "what holds has no counterexample")
    draft.decision = .holds(vacuous: vacuous)
  }

  /// Reports the first of the smallest sets under which a computation fails. But where inputs break a
  /// property without faults, and none fail without faults, that comes first.
  private mutating func reportFailure(
    _ model: inout FaultModel, _ goals: Goals, _ view: CircuitView
  ) throws(Disagreement) {
    let smallest = try smallestSet(&model, .init(goals: [goals.failure]), within: model.solution)
    if !possible.inputs.isEmpty, smallest.isMinimum, !smallest.choices.isEmpty {
      _ = try searchWithoutFaults(&model, goals, view)
      if draft.decision != nil { return }
    }
    let scenario = smallest.scenario(possible)
    let execution = execute(scenario, toTheEnd: true)
    patience.didRun?(execution, [])
    guard case .failed(let error) = execution.ending else {
      throw Disagreement(
        question: question, scenario: scenario,
        description: "the circuit says that a computation fails under these faults; the run does not fail")
    }
    draft.decision = .error(error, under: scenario)
  }

  /// Reports the first of the smallest sets; `found` is one of the sets.
  private mutating func reportCounterexample(
    _ model: inout FaultModel, _ goals: Goals, _ view: CircuitView, from found: FaultModel.Solution
  ) throws(Disagreement) {
    let first = draft.harmlessUpTo.map { $0 + 1 } ?? 0
    let smallest = try smallestSet(&model, .init(goals: [goals.violation]), within: found, from: first)
    draft.harmlessUpTo = smallest.harmlessUpTo ?? draft.harmlessUpTo
    let (scenario, needsEach) =
      smallest.isMinimum
      ? (smallest.scenario(possible), false) : shrunk(smallest.scenario(possible), view)
    var found = try confirm(scenario, view, isMinimum: smallest.isMinimum)
    found.needsEach = needsEach
    draft.decision = .counterexample(found)
    compareUnderInputs(of: found.execution)
  }

  /// Records that a budget ended the search, and which relation filled it.
  package mutating func usedUp(_ resource: Budget.Resource, _ largest: LargestRelation?) {
    draft.limit = .budget(resource, largest)
  }

  /// Records that patience has ended, and why.
  package mutating func stopped() {
    draft.limit = stopwatch.reason
  }

  /// Records the size of the model, and what its solver has done; of a solver that was asked before, what it
  /// has done since it had done `before`.
  package mutating func count(
    _ model: borrowing FaultModel, gates: Int, since before: Statistics? = nil
  ) {
    draft.cost[.gates] = gates
    draft.cost[.faultVariables] = model.faultVariableCount
    draft.cost[.variables] = model.variableCount
    draft.cost[.clauses] = model.clauseCount
    draft.cost[.conflicts] = model.statistics.conflicts - (before?.conflicts ?? 0)
    draft.cost[.decisions] = model.statistics.decisions - (before?.decisions ?? 0)
    draft.cost[.propagations] = model.statistics.propagations - (before?.propagations ?? 0)
    draft.cost[.solverCalls] = model.statistics.calls - (before?.calls ?? 0)
  }
}
