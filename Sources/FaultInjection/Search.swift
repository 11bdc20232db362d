// The search in one paragraph: run without faults; ground all runs; ask the solver whether an admissible fault set
// makes some computation fail, then whether one breaks the specification; if so, bound the number of faults from 1
// upwards until it is satisfiable again; among the smallest sets find the first in canonical order; run the program
// under it and report what that run shows. What the circuit says is never reported unless a run confirms it.

import Dedalus
import Evaluation
import Indices
import Lineage
import Satisfiability

/// The circuit and a concrete run contradict each other: a fault of ours.
public struct Disagreement: Error {
  /// What was asked.
  public let question: Question
  /// The faults under which the two differ.
  public let faults: FaultSet
  /// What each says.
  public let description: String
}

/// Searches for a smallest fault set that breaks the outcome, or proves that there is none.
///
/// - Throws: `Disagreement`, which is a fault of ours.
public func check(_ question: Question, patience: Patience = Patience()) throws(Disagreement) -> Answer {
  var search = Search(question, patience)
  return try search.run()
}

/// One search.
struct Search: ~Copyable {
  let question: Question
  let compiled: CompiledProgram
  let stopwatch: Stopwatch
  private let patience: Patience
  private var answer: Answer

  init(_ question: Question, _ patience: Patience) {
    self.question = question
    self.patience = patience
    stopwatch = Stopwatch(patience)
    compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    answer = Answer(question: question, verdict: .inconclusive)
  }

  mutating func run() throws(Disagreement) -> Answer {
    if let baseline = runBaseline(), let grounding = ground() {
      var circuit = grounding.circuit
      let violations = question.violationGates(in: grounding, baseline: baseline, &circuit)
      let goals = Goals(
        violation: circuit.or(violations.map(\.gate)), failure: circuit.or(grounding.errors.map(\.condition)),
        premise: question.premiseGate(in: grounding, &circuit))
      var model = FaultModel(
        circuit, grounding.faults, bounds: question.bounds,
        goals: [goals.violation, goals.failure, goals.premise])
      let view = CircuitView(circuit: circuit, possible: grounding.faults, violations: violations)
      try search(&model, goals, view, baseline)
      count(model, view)
    }
    answer.cost.total = stopwatch.elapsed
    return answer
  }

  /// What the solver is asked for.
  private struct Goals {
    let violation: Edge
    let failure: Edge
    let premise: Edge
  }

  // MARK: Before the solver

  /// The failure-free run; nil where it decides the answer.
  private mutating func runBaseline() -> Execution? {
    let execution = execute(.none)
    answer.baseline = execution
    switch execution.ending {
    case .failed(let error):
      answer.verdict = .error
      answer.failure = (error, .none)
      return nil
    case .exhausted(let resource, _):
      answer.limit = Limit(resource)
      return nil
    case .complete: break
    }
    let violated = question.violations(in: execution)
    if violated.isEmpty, !execution.finalRows(of: question.outcome.post).isEmpty { return execution }
    answer.verdict = .badBaseline
    if !violated.isEmpty {
      answer.counterexamples = [
        Counterexample(faults: .none, minimum: true, violated: violated, execution: execution)
      ]
    }
    return nil
  }

  private mutating func ground() -> Grounding? {
    let start = stopwatch.elapsed
    defer { answer.cost.grounding = stopwatch.elapsed - start }
    let possible = PossibleFaults(
      question.setting, eff: question.bounds.eff, crashes: question.bounds.crashes)
    let grounding = Grounding(
      compiled, question.setting, possible, budget: patience.budget,
      shouldStop: { [stopwatch] in stopwatch.isOver })
    answer.cost.tuples = grounding.store.tupleCount
    answer.cost.instances = grounding.instanceCount
    answer.cost.gates = grounding.circuit.gateCount
    switch grounding.interruption {
    case nil: return grounding
    case .exhausted(let resource, _): answer.limit = Limit(resource)
    case .stopped: answer.limit = stopwatch.reason
    }
    return nil
  }

  // MARK: With the solver

  private mutating func search(
    _ model: inout FaultModel, _ goals: Goals, _ view: CircuitView, _ baseline: Execution
  ) throws(Disagreement) {
    switch solve(&model, .init(goals: [goals.failure])) {
    case .unknown: return stopped()
    case .satisfiable: return try reportFailure(&model, goals)
    case .unsatisfiable: try checkProof(model)
    }
    switch solve(&model, .init(goals: [goals.violation])) {
    case .unknown: return stopped()
    case .satisfiable: try reportCounterexample(&model, goals, view, baseline)
    case .unsatisfiable:
      try checkProof(model)
      try reportHolds(&model, goals, baseline)
    }
  }

  private mutating func reportHolds(
    _ model: inout FaultModel, _ goals: Goals, _ baseline: Execution
  ) throws(Disagreement) {
    if let pre = question.outcome.pre, baseline.finalRows(of: pre).isEmpty {
      switch solve(&model, .init(goals: [goals.premise])) {
      case .unknown: return stopped()
      case .satisfiable: break
      case .unsatisfiable:
        try checkProof(model)
        answer.vacuous = true
      }
    }
    answer.verdict = .holds
  }

  private mutating func reportFailure(_ model: inout FaultModel, _ goals: Goals) throws(Disagreement) {
    let smallest = try smallestSet(&model, for: goals.failure)
    let faults = FaultSet(smallest.inputs.map { possible.fault($0) })
    let execution = execute(faults)
    guard case .failed(let error) = execution.ending else {
      throw Disagreement(
        question: question, faults: faults,
        description: "the circuit says that a computation fails under these faults; the run does not fail")
    }
    answer.verdict = .error
    answer.failure = (error, faults)
  }

  private mutating func reportCounterexample(
    _ model: inout FaultModel, _ goals: Goals, _ view: CircuitView, _ baseline: Execution
  ) throws(Disagreement) {
    let smallest = try smallestSet(&model, for: goals.violation)
    let faults = FaultSet(smallest.inputs.map { possible.fault($0) })
    let execution = execute(faults)
    let violated = question.violations(in: execution, baseline: baseline)
    let predicted = view.violatedRows(under: faults)
    guard violated == predicted, !violated.isEmpty, execution.ending == .complete else {
      throw Disagreement(
        question: question, faults: faults,
        description:
          "the circuit says that \(predicted) is violated; the run says \(violated), \(execution.ending)")
    }
    answer.verdict = .counterexample
    answer.counterexamples = [
      Counterexample(faults: faults, minimum: smallest.isMinimum, violated: violated, execution: execution)
    ]
  }

  private var possible: PossibleFaults {
    PossibleFaults(question.setting, eff: question.bounds.eff, crashes: question.bounds.crashes)
  }

  /// The first of the smallest sets that make `goal` true. The model holds some set that does.
  ///
  /// When patience ends on the way, the smallest set found so far.
  private mutating func smallestSet(
    _ model: inout FaultModel, for goal: Edge
  ) throws(Disagreement) -> (inputs: [Int], isMinimum: Bool) {
    var best = model.inputs
    var size = 0
    while size < best.count {
      switch solve(&model, .init(goals: [goal], atMost: size)) {
      case .unknown:
        stopped()
        return (best, false)
      case .satisfiable: best = model.inputs
      case .unsatisfiable:
        try checkProof(model)
        answer.harmlessUpTo = size
        size += 1
      }
    }
    return (firstSet(&model, for: goal, from: best), true)
  }

  /// The first set in canonical order among those of the size of `found`, which is the smallest there is.
  ///
  /// Position by position: ask for a set with the same faults before and a smaller one here, until there is none.
  /// When patience ends, the first set found so far.
  private mutating func firstSet(_ model: inout FaultModel, for goal: Edge, from found: [Int]) -> [Int] {
    var best = found
    for position in best.indices {
      while true {
        let prefix = Array(best[..<position])
        let smaller = model.inputs(above: prefix.last, below: best[position])
        if smaller.isEmpty { break }
        let call = FaultModel.Call(goals: [goal], atMost: best.count, including: prefix, oneOf: smaller)
        guard solve(&model, call) == .satisfiable else { break }
        best = model.inputs
      }
    }
    return best
  }

  private mutating func solve(_ model: inout FaultModel, _ call: FaultModel.Call) -> Solver.Answer {
    let start = stopwatch.elapsed
    defer { answer.cost.solving += stopwatch.elapsed - start }
    return model.solve(call, limits: Limits(shouldStop: { [stopwatch] in stopwatch.isOver }))
  }

  /// Every claim that something is impossible rests on a proof that the checker has accepted.
  private mutating func checkProof(_ model: borrowing FaultModel) throws(Disagreement) {
    let start = stopwatch.elapsed
    defer { answer.cost.checking += stopwatch.elapsed - start }
    do throws(RejectedProof) {
      answer.cost.proofSteps += try model.checkRefutation()
      answer.cost.proofs += 1
    } catch {
      throw Disagreement(question: question, faults: .none, description: error.description)
    }
  }

  private mutating func execute(_ faults: FaultSet) -> Execution {
    let start = stopwatch.elapsed
    defer { answer.cost.confirming += stopwatch.elapsed - start }
    answer.cost.executions += 1
    return compiled.run(question.setting, under: faults, budget: patience.budget)
  }

  private mutating func stopped() {
    answer.limit = stopwatch.reason
  }

  private mutating func count(_ model: borrowing FaultModel, _ view: CircuitView) {
    answer.cost.gates = view.circuit.gateCount
    answer.cost.faultVariables = model.faultVariableCount
    answer.cost.variables = model.variableCount
    answer.cost.clauses = model.clauseCount
    answer.cost.conflicts = model.statistics.conflicts
    answer.cost.decisions = model.statistics.decisions
    answer.cost.propagations = model.statistics.propagations
    answer.cost.solverCalls = model.statistics.calls
  }
}

/// What the circuit says about single fault sets.
private struct CircuitView {
  let circuit: Circuit
  let possible: PossibleFaults
  let violations: [(row: [Constant], gate: Edge)]

  func violatedRows(under faults: FaultSet) -> [[Constant]] {
    let values = circuit.values(possible.inputs(under: faults))
    return violations.filter { values[$0.gate.gate] != $0.gate.isNegated }.map(\.row)
  }
}

extension Limit {
  /// The limit that a budget is.
  init(_ resource: Budget.Resource) {
    switch resource {
    case .tuples: self = .tuples
    case .firings: self = .firings
    case .gates: self = .gates
    }
  }
}

/// Measures a search, and says when its patience is at an end.
struct Stopwatch: Sendable {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let patience: Patience

  init(_ patience: Patience) {
    start = clock.now
    self.patience = patience
  }

  /// Seconds since the search began.
  var elapsed: Double { Double((clock.now - start) / .nanoseconds(1)) / 1e9 }

  /// Whether the search must stop.
  var isOver: Bool { patience.isInterrupted() || isLate }

  /// Why it must.
  var reason: Limit { patience.isInterrupted() ? .interrupted : .time }

  private var isLate: Bool {
    guard let time = patience.time else { return false }
    return clock.now - start > time
  }
}
