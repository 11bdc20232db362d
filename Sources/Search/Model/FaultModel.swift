// The question as clauses: a variable for each fault that the goals depend on, the clauses of the circuit below the
// goals, the bounds on crashes, and a counter over all faults whose limit is assumed, never asserted. A fault on
// which no goal depends is left out: no smallest fault set has it, and no verdict needs it.

import Evaluation
import Indices
import Lineage
import Satisfiability
import Scenarios

/// A solver that searches admissible fault sets.
package struct FaultModel: ~Copyable {
  private var solver: Solver
  private let recorder = ProofRecorder()
  private var encoder = TseitinEncoder()
  private var graph: CircuitGraph
  let possible: PossibleFaults
  /// The faults that goals depend on, ascending by input and so in canonical order.
  private var faults: [(input: Int, literal: Literal)] = []
  private var counter: Totalizer?
  /// Made where a call bounds them.
  private var (omissionCounter, crashCounter): (Totalizer?, Totalizer?)
  /// By inputs: a literal under which one of them is true.
  private var selectors: [[Int]: Literal] = [:]
  /// By rounds: a literal under which nothing is lost in this round and after it.
  private var calms: [Int: Literal] = [:]

  /// What is asked of one call.
  package struct Call {
    /// Edges that must be true.
    var goals: [Edge]
    /// The most faults; nil for any number.
    package var atMost: Int?
    /// The most omissions; nil for any number.
    var omissions: Int?
    /// The most crashes, where that is less than the bounds allow.
    var crashes: Int?
    /// Omissions only in rounds before this one, where that is less than the bounds allow.
    var eff: Int?
    /// Inputs that must be true.
    var including: [Int] = []
    /// At least one of these inputs must be true, where there are any.
    var oneOf: [Int] = []

    /// Asks for `goals`, within as many faults of each kind as are given.
    package init(
      goals: [Edge], atMost: Int? = nil, omissions: Int? = nil, crashes: Int? = nil, eff: Int? = nil
    ) {
      self.goals = goals
      self.atMost = atMost
      self.omissions = omissions
      self.crashes = crashes
      self.eff = eff
    }
  }

  /// A model of the admissible fault sets of `bounds`, ready for the given goals of `circuit`; where `shouldStop` ends
  /// the work, `isComplete` is false and there is nothing to be asked.
  init(
    _ circuit: Circuit, _ possible: PossibleFaults, bounds: Bounds, goals: [Edge], shouldStop: () -> Bool
  ) {
    solver = Solver(reportingTo: recorder.sink)
    graph = CircuitGraph(circuit: circuit)
    self.possible = possible
    for goal in goals {
      _ = encoder.encode(goal.rawValue, .positive, of: graph, in: &solver, shouldStop: shouldStop)
    }
    faults = (0..<possible.inputCount).compactMap { [encoder] input in
      encoder.variable(ofInput: input).map { (input, $0.positive) }
    }
    counter = Totalizer(over: faults.map(\.literal), in: &solver)
    boundCrashes(bounds)
  }

  /// A model of all admissible fault sets of `bounds`, for goals that are not known yet.
  package init(_ possible: PossibleFaults, bounds: Bounds) {
    solver = Solver(reportingTo: recorder.sink)
    solver.ordersIdleVariables = false
    graph = CircuitGraph(circuit: Circuit())
    self.possible = possible
    for input in 0..<possible.inputCount where bounds.covers(possible.fault(input)) {
      faults.append((input, encoder.variable(ofInput: input, in: &solver).positive))
    }
    counter = Totalizer(over: faults.map(\.literal), in: &solver)
    boundCrashes(bounds)
  }

  /// From now on goals are edges of `circuit`, which has all the gates that goals were taken from before.
  package mutating func read(_ circuit: Circuit) { graph = CircuitGraph(circuit: circuit) }

  /// Whether every clause of the goals is there.
  var isComplete: Bool { encoder.isComplete }

  var faultVariableCount: Int { faults.count }
  var variableCount: Int { solver.variableCount }
  var clauseCount: Int { solver.clauseCount }
  package var statistics: Statistics { solver.statistics }

  /// Each node crashes at most once, and at most `bounds.crashes` nodes do.
  private mutating func boundCrashes(_ bounds: Bounds) {
    var byNode = IndexedArray<NodeID, [Literal]>(repeating: [], count: bounds.nodes.count)
    for (input, literal) in faults {
      if case .crash(let node, _) = possible.fault(input) { byNode[node].append(literal) }
    }
    for crashes in byNode { assertAtMost(1, of: crashes) }
    assertAtMost(bounds.crashes, of: byNode.flatMap { $0 })
  }

  private mutating func assertAtMost(_ bound: Int, of literals: [Literal]) {
    var counter = Totalizer(over: literals, in: &solver)
    if let limit = counter.atMost(bound, in: &solver) { solver.add([limit]) }
  }

  /// Searches an admissible fault set for `call`; it stands in `inputs` where there is one.
  mutating func solve(_ call: Call, limits: Limits) -> Solver.Answer {
    var assumptions = call.goals.map { encoder.encode($0.rawValue, .positive, of: graph, in: &solver) }
    if let bound = call.atMost, let limit = counter?.atMost(bound, in: &solver) { assumptions.append(limit) }
    if let bound = call.omissions { assumptions += atMost(bound, isOmission: true) }
    if let bound = call.crashes { assumptions += atMost(bound, isOmission: false) }
    if let eff = call.eff, let calm = calm(from: eff) { assumptions.append(calm) }
    assumptions += call.including.map { literal(of: $0) }
    if !call.oneOf.isEmpty { assumptions.append(selector(of: call.oneOf)) }
    return solver.solve(assuming: assumptions, limits: limits)
  }

  /// Why the last call had no solution.
  borrowing func refutation() -> Refutation { recorder.refutation(by: solver) }

  /// The inputs that are true in the set found last, ascending.
  package var inputs: [Int] {
    var found: [Int] = []
    for (input, literal) in faults where solver.value(literal) { found.append(input) }
    return found
  }

  /// The inputs that stand for a fault, between two others, ascending.
  func inputs(above lower: Int?, below upper: Int) -> [Int] {
    faults.map(\.input).filter { $0 < upper && $0 > lower ?? -1 }
  }

  /// What to assume, if anything, so that at most `bound` faults of a kind occur.
  private mutating func atMost(_ bound: Int, isOmission: Bool) -> [Literal] {
    let literals = faults.filter { possible.fault($0.input).isOmission == isOmission }.map(\.literal)
    var counter = (isOmission ? omissionCounter : crashCounter) ?? Totalizer(over: literals, in: &solver)
    let limit = counter.atMost(bound, in: &solver)
    if isOmission { omissionCounter = counter } else { crashCounter = counter }
    return limit.map { [$0] } ?? []
  }

  /// What to assume, if anything, so that nothing is lost in `round` and after it: one literal implies the next.
  private mutating func calm(from round: Int) -> Literal? {
    if let known = calms[round] { return known }
    let lossy = faults.filter { possible.fault($0.input).isOmission }
      .map { (round: possible.fault($0.input).round.position, literal: $0.literal) }
    guard let last = lossy.map(\.round).max(), round <= last else { return nil }
    var next: Literal?
    for start in (round...last).reversed() {
      if let known = calms[start] {
        next = known
        continue
      }
      let calm = solver.newVariable()
      for loss in lossy where loss.round == start { solver.add([calm.negative, !loss.literal]) }
      if let next { solver.add([calm.negative, next]) }
      calms[start] = calm.positive
      next = calm.positive
    }
    return next
  }

  /// From now on no set contains all of `inputs`.
  mutating func excludeSupersets(of inputs: [Int]) { solver.add(inputs.map { !literal(of: $0) }) }

  private mutating func selector(of inputs: [Int]) -> Literal {
    if let known = selectors[inputs] { return known }
    let selector = solver.newVariable()
    solver.add([selector.negative] + inputs.map { literal(of: $0) })
    selectors[inputs] = selector.positive
    return selector.positive
  }

  private func literal(of input: Int) -> Literal {
    guard let variable = encoder.variable(ofInput: input) else {
      preconditionFailure("only faults of the model are asked for")
    }
    return variable.positive
  }
}

/// A circuit as the encoder reads it.
package struct CircuitGraph: AndInverterGraph {
  let circuit: Circuit

  package init(circuit: Circuit) { self.circuit = circuit }

  package func kind(of node: Int) -> AndInverterNode {
    switch circuit.kind(of: GateID(node)) {
    case .constant: .constantTrue
    case .input(let number): .input(number)
    case .and(let children): .and(children)
    }
  }
}

extension Fault {
  /// Whether messages on a link are lost, and not a node.
  var isOmission: Bool {
    if case .omission = self { true } else { false }
  }
}
