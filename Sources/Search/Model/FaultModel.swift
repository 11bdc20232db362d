// The question as clauses: a variable for each fault that the goals depend on, the clauses of the circuit
// below the goals, the bounds on crashes, and a counter over all faults whose limit is assumed, never
// asserted. A fault on which no goal depends is left out: no smallest fault set contains it, and no verdict
// needs it. Rounds that can be chosen for an open fact are variables, too, of which exactly one is true, or
// at most one; they are not counted. A round on which no goal depends is left out: it stands for all like it.

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
  /// The faults that goals depend on, ascending by choice and so in canonical order.
  private var faults: [(choice: ChoiceID, fault: Fault, literal: Literal)] = []
  /// For each open fact, in the order of the program: its rounds on which goals depend.
  private var rounds: [[(round: Round, literal: Literal)]] = []
  private var counter: Totalizer?
  /// Indexed by kind; a counter is made by the first call that bounds its kind.
  private var counters: [KindID: Totalizer] = [:]
  /// For a list of choices: a literal that implies that one of them is made.
  private var selectors: [[ChoiceID]: Literal] = [:]
  /// For an EFF: a literal that implies that no fault occurs that needs a larger one.
  private var calms: [Int: Literal] = [:]

  /// What one call asks of the solver.
  package struct Call {
    /// Edges that must be true.
    var goals: [Edge]
    /// The largest number of faults; nil for any number.
    package var atMost: Int?
    /// For each kind: the largest number of faults, where it is less than the bounds allow.
    var most: [KindID: Int]
    /// Only faults occur that this EFF admits, where it is smaller than that of the bounds.
    var eff: Int?
    /// Choices that must be made.
    var including: [ChoiceID] = []
    /// At least one of these choices must be made, unless the list is empty.
    var oneOf: [ChoiceID] = []
    /// For an open fact, by its place in the program: the place of the alternative that must be chosen.
    var places: [Int: Int] = [:]

    /// Asks for `goals`, with at most the given number of faults of each kind.
    package init(
      goals: [Edge], atMost: Int? = nil, most: [KindID: Int] = [:], eff: Int? = nil
    ) {
      self.goals = goals
      self.atMost = atMost
      self.most = most
      self.eff = eff
    }
  }

  /// A model of the admissible fault sets of `bounds`, with the clauses of the given goals of `circuit`.
  /// Goals that come `later` get theirs when they are asked for; the model has the faults on which they
  /// depend. Where `shouldStop` ends the work, `isComplete` is false and the model must not be asked.
  init(
    _ circuit: Circuit, _ possible: PossibleFaults, bounds: Bounds, goals: [Edge], later: [Edge] = [],
    shouldStop: () -> Bool
  ) {
    solver = Solver(reportingTo: recorder.sink)
    graph = CircuitGraph(circuit: circuit)
    self.possible = possible
    assert(goals.allSatisfy { $0.gate.position < circuit.gateCount }, "goals are edges of the circuit")
    for goal in goals {
      _ = encoder.encode(goal.rawValue, .positive, of: graph, in: &solver, shouldStop: shouldStop)
    }
    if !later.isEmpty {
      for input in circuit.inputs(of: later) { _ = encoder.variable(ofInput: input, in: &solver) }
    }
    for (choice, fault) in possible.all {
      guard let variable = encoder.variable(ofInput: choice.position) else { continue }
      faults.append((choice, fault, variable.positive))
    }
    assert(
      zip(faults, faults.dropFirst()).allSatisfy { $0.choice < $1.choice && $0.fault < $1.fault },
      "choices are in canonical order")
    counter = Totalizer(over: faults.map(\.literal), in: &solver)
    bounds.demand(of: faults.map { ($0.fault, $0.literal) }, in: &solver)
    demandInputs()
    assert(rounds.count == possible.inputs.entries.count, "each open fact has its rounds")
  }

  /// Demands that of each open fact at most one round is chosen, and one at least where it must be placed and
  /// goals depend on all its rounds.
  private mutating func demandInputs() {
    for entry in possible.inputs.entries {
      let members = entry.choices.compactMap { choice, round in
        encoder.variable(ofInput: choice.position).map { (round: round, literal: $0.positive) }
      }
      rounds.append(members)
      let literals = members.map(\.literal)
      if entry.isFree, members.count == entry.alternatives.count { solver.add(literals) }
      Bounds.assertAtMost(1, of: literals, in: &solver)
    }
  }

  /// A model of all admissible fault sets of `bounds`, for goals that are not known yet.
  package init(_ possible: PossibleFaults, bounds: Bounds) {
    solver = Solver(reportingTo: recorder.sink)
    solver.ordersIdleVariables = false
    graph = CircuitGraph(circuit: Circuit())
    self.possible = possible
    for (choice, fault) in possible.all {
      faults.append((choice, fault, encoder.variable(ofInput: choice.position, in: &solver).positive))
    }
    counter = Totalizer(over: faults.map(\.literal), in: &solver)
    bounds.demand(of: faults.map { ($0.fault, $0.literal) }, in: &solver)
  }

  /// Reads goals from `circuit` from now on. It must have all the gates from which earlier goals were taken.
  package mutating func read(_ circuit: Circuit) {
    assert(circuit.gateCount >= graph.circuit.gateCount, "a circuit only grows")
    graph = CircuitGraph(circuit: circuit)
  }

  /// Whether the model has every clause of the goals.
  var isComplete: Bool { encoder.isComplete }

  var faultVariableCount: Int { faults.count }
  var variableCount: Int { solver.variableCount }
  var clauseCount: Int { solver.clauseCount }
  package var statistics: Statistics { solver.statistics }

  /// Searches for an admissible fault set for `call`. If there is one, `choices` holds it.
  mutating func solve(_ call: Call, limits: Limits) -> Solver.Answer {
    assert(call.goals.allSatisfy { $0.gate.position < graph.circuit.gateCount }, "goals are of the circuit")
    assert(
      call.most.values.allSatisfy { $0 >= 0 } && call.atMost ?? 0 >= 0, "no number of faults is negative")
    var assumptions = call.goals.map { encoder.encode($0.rawValue, .positive, of: graph, in: &solver) }
    if let bound = call.atMost, let limit = counter?.atMost(bound, in: &solver) { assumptions.append(limit) }
    for (kind, bound) in call.most.sorted(by: { $0.key > $1.key }) { assumptions += atMost(bound, of: kind) }
    if let eff = call.eff, let calm = calm(with: eff) { assumptions.append(calm) }
    assumptions += call.including.map { literal(of: $0) }
    if !call.oneOf.isEmpty { assumptions.append(selector(of: call.oneOf)) }
    for (position, place) in call.places.sorted(by: { $0.key < $1.key }) {
      assumptions += literals(choosing: place, of: position)
    }
    return solver.solve(assuming: assumptions, limits: limits)
  }

  /// Why the last call had no solution.
  borrowing func refutation() -> Refutation { recorder.refutation(by: solver) }

  /// The faults of the last set that was found, as choices, ascending.
  package var choices: [ChoiceID] {
    var found: [ChoiceID] = []
    for (choice, _, literal) in faults where solver.value(literal) { found.append(choice) }
    return found
  }

  /// The last solution.
  package var solution: Solution { Solution(choices: choices, places: places) }

  /// Faults, as choices, ascending, and for each open fact the place of its alternative.
  package struct Solution {
    package var choices: [ChoiceID]
    var places: [Int]
  }

  /// For each open fact: the place of its alternative in the last solution. Where goals depend on none of the
  /// rounds that are chosen, the first such alternative.
  private var places: [Int] {
    zip(possible.inputs.entries, rounds).map { entry, members in
      let chosen = members.first { solver.value($0.literal) }?.round
      let known = Set(members.map(\.round))
      return entry.alternatives.firstIndex { round in
        if let chosen { return round == chosen }
        return round.map { !known.contains($0) } ?? true
      } ?? 0
    }
  }

  /// The assumptions under which the alternative at `place` of the open fact at `position` is chosen.
  private func literals(choosing place: Int, of position: Int) -> [Literal] {
    let wanted = possible.inputs.entries[position].alternatives[place]
    if let member = rounds[position].first(where: { $0.round == wanted }) { return [member.literal] }
    return rounds[position].map { !$0.literal }
  }

  /// Whether goals depend on the fault of `choice`.
  func hasVariable(_ choice: ChoiceID) -> Bool { encoder.variable(ofInput: choice.position) != nil }

  /// The faults in `first ..< upper`, as choices, ascending.
  func choices(from first: ChoiceID, below upper: ChoiceID) -> [ChoiceID] {
    assert(first <= upper, "a range of choices ascends")
    return faults.map(\.choice).filter { first <= $0 && $0 < upper }
  }

  /// The assumptions, if any, under which at most `bound` faults of `kind` occur.
  private mutating func atMost(_ bound: Int, of kind: KindID) -> [Literal] {
    var counter =
      counters[kind] ?? Totalizer(over: faults.filter { $0.fault.kind == kind }.map(\.literal), in: &solver)
    let limit = counter.atMost(bound, in: &solver)
    counters[kind] = counter
    return limit.map { [$0] } ?? []
  }

  /// The assumption, if any, under which only faults occur that `eff` admits; each literal implies the next.
  private mutating func calm(with eff: Int) -> Literal? {
    if let known = calms[eff] { return known }
    let transient = faults.map { (leastEFF: $0.fault.meaning.leastEFF(of: $0.fault), literal: $0.literal) }
    guard let largest = transient.map(\.leastEFF).max(), eff < largest else { return nil }
    var next: Literal?
    for start in (eff..<largest).reversed() {
      if let known = calms[start] {
        next = known
        continue
      }
      let calm = solver.newVariable()
      for fault in transient where fault.leastEFF == start + 1 {
        solver.add([calm.negative, !fault.literal])
      }
      if let next { solver.add([calm.negative, next]) }
      calms[start] = calm.positive
      next = calm.positive
    }
    return next
  }

  /// Excludes all sets that contain all of `choices`, from now on.
  mutating func excludeSupersets(of choices: [ChoiceID]) {
    assert(!choices.isEmpty, "without the empty set nothing would be left")
    solver.add(choices.map { !literal(of: $0) })
  }

  private mutating func selector(of choices: [ChoiceID]) -> Literal {
    if let known = selectors[choices] { return known }
    assert(!choices.isEmpty, "one of no choices cannot be made")
    let selector = solver.newVariable()
    solver.add([selector.negative] + choices.map { literal(of: $0) })
    selectors[choices] = selector.positive
    return selector.positive
  }

  private func literal(of choice: ChoiceID) -> Literal {
    guard let variable = encoder.variable(ofInput: choice.position) else {
      preconditionFailure("only faults of the model are asked for")
    }
    return variable.positive
  }
}

/// A circuit, as the encoder reads it.
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

extension Bounds {
  /// Demands that the true literals of `faults` form an admissible fault set: of faults that exclude each
  /// other at most one, and of each kind no more than its budget. Faults that exclude each other are
  /// neighbors in the counters.
  package func demand(of faults: [(fault: Fault, literal: Literal)], in solver: inout Solver) {
    let groups = exclusions(among: faults.map(\.fault))
    for group in groups { Self.assertAtMost(1, of: group.map { faults[$0].literal }, in: &solver) }
    let grouped = groups.flatMap { $0 }
    let isGrouped = Set(grouped)
    assert(isGrouped.allSatisfy(faults.indices.contains), "only faults of the model exclude each other")
    let order = grouped + faults.indices.filter { !isGrouped.contains($0) }
    for kind in KindID.allIDs {
      guard let most = most(of: kind) else { continue }
      var seen: Set<Int> = []
      let members = order.filter { faults[$0].fault.kind == kind && seen.insert($0).inserted }
      Self.assertAtMost(most, of: members.map { faults[$0].literal }, in: &solver)
    }
  }

  fileprivate static func assertAtMost(_ bound: Int, of literals: [Literal], in solver: inout Solver) {
    var counter = Totalizer(over: literals, in: &solver)
    if let limit = counter.atMost(bound, in: &solver) { solver.add([limit]) }
  }
}
