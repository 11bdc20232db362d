// What all runs so far say together. For each row of the outcome, the *doubt* is the condition on the faults
// under which no run so far shows the row to be in order; each run makes it stronger. A row is in order where
// `post` keeps it, or where `pre` does not demand it. A run in which `pre` lacks a row says under which
// faults `pre` still lacks it, and only under those is the row in order for that reason. A fault set that
// satisfies no doubt breaks nothing.

import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Properties
import Scenarios
import Search

/// The condition on the faults under which no run so far shows the outcome to be in order.
struct KnownSupport {
  private(set) var circuit = Circuit()
  private let question: Question
  private let compiled: CompiledProgram
  private let possible: PossibleFaults
  private let negation: Negation
  /// The rows in the order in which they were first seen.
  private var rows: [(values: [Constant], doubt: Edge)] = []
  private var positions: [[Constant]: Int] = [:]
  /// The condition under which a row that no run has shown may be demanded and missing.
  private var doubtOfOthers: Edge
  /// The condition under which `pre` may have a row; only used while no run has shown one.
  private(set) var doubtOfVacuity = Edge.always

  /// What one run says about the runs under other faults.
  struct Lesson {
    /// For each row of the run's `pre` or `post`: the condition under which the row is in order.
    var rows: [(values: [Constant], inOrder: Edge)]
    /// The condition under which every other row is in order, since nothing demands it.
    var others: Edge
    /// The condition under which `pre` is empty again, where it is empty in the run.
    var vacuous: Edge
  }

  /// Starts with nothing but the rows that matter, from the run without faults.
  init(
    _ question: Question, _ compiled: CompiledProgram, _ possible: PossibleFaults, _ negation: Negation,
    baseline: Execution
  ) {
    self.question = question
    self.compiled = compiled
    self.possible = possible
    self.negation = negation
    doubtOfOthers = question.outcome?.pre != nil && question.oracle == .implication ? .always : .never
    for row in question.expectedRows(in: baseline) {
      positions[row] = rows.count
      rows.append((row, .always))
    }
  }

  /// The condition under which some row is in doubt.
  mutating func doubt() -> Edge { circuit.or(rows.map(\.doubt) + [doubtOfOthers]) }

  // MARK: Learning

  /// What `execution`, which is not broken, says.
  mutating func lesson(of execution: Execution) -> Lesson {
    let support = RunSupport(of: execution, compiled, possible, negation, &circuit)
    let demanded = question.outcome?.pre.map { pre in
      Set(execution.rows(of: pre, in: execution.lastRound).map(\.row))
    }
    let undemanded = undemanded(in: execution, support)
    guard let post = question.outcome?.post else { preconditionFailure("the loop asks for the outcome") }
    let kept = execution.tuples(of: post, in: question.setting.eot).map { tuple in
      let row = execution.values(of: execution.store.row(of: tuple))
      let isFree = negation == .reach && demanded?.contains(row) == false
      return (
        values: row,
        inOrder: isFree ? circuit.or([support.survival[tuple], undemanded]) : support.survival[tuple]
      )
    }
    return Lesson(rows: kept, others: undemanded, vacuous: demanded?.isEmpty == true ? undemanded : .never)
  }

  /// The condition under which `pre` has no row that it lacks in `execution`.
  ///
  /// Where negation is ignored, rows that a run no longer demands count as undemanded under more faults, too.
  private mutating func undemanded(in execution: Execution, _ support: RunSupport) -> Edge {
    guard let pre = question.outcome?.pre else { return .never }
    if negation == .reach { return support.noNewRow(of: pre, in: question.setting.eot) }
    return circuit.and(
      execution.faults.faults.compactMap { possible.choice(of: $0) }.map { circuit.truth(of: $0) })
  }

  /// Removes the doubts that `lesson` answers.
  mutating func add(_ lesson: Lesson) {
    for row in lesson.rows where positions[row.values] == nil {
      positions[row.values] = rows.count
      rows.append((row.values, doubtOfOthers))
    }
    var inOrder = Array(repeating: lesson.others, count: rows.count)
    for row in lesson.rows {
      guard let position = positions[row.values] else { preconditionFailure("every row has a place by now") }
      inOrder[position] = row.inOrder
    }
    for position in rows.indices {
      rows[position].doubt = circuit.and([rows[position].doubt, !inOrder[position]])
    }
    doubtOfOthers = circuit.and([doubtOfOthers, !lesson.others])
    doubtOfVacuity = circuit.and([doubtOfVacuity, !lesson.vacuous])
  }

  // MARK: Renaming

  /// The lesson of the same run with its nodes renamed.
  mutating func renamed(_ lesson: Lesson, by renaming: Renaming) -> Lesson {
    var known: [GateID: Edge] = [:]
    return Lesson(
      rows: lesson.rows.map { row in
        (
          row.values.map { renaming.constant($0, in: question.bounds.nodes) },
          rename(row.inOrder, renaming, &known)
        )
      },
      others: rename(lesson.others, renaming, &known), vacuous: rename(lesson.vacuous, renaming, &known))
  }

  /// The condition on the renamed faults that equals `edge` as a condition on the faults.
  private mutating func rename(
    _ edge: Edge, _ renaming: Renaming, _ known: inout [GateID: Edge]
  ) -> Edge {
    var open = [edge.gate]
    while let gate = open.last {
      if known[gate] == nil, let missing = missingChild(of: gate, known) {
        open.append(missing)
        continue
      }
      if known[gate] == nil { known[gate] = renamedGate(gate, renaming, known) }
      open.removeLast()
    }
    guard let renamed = known[edge.gate] else { preconditionFailure("the last gate to be left is the first") }
    return edge.isNegated ? !renamed : renamed
  }

  private func missingChild(of gate: GateID, _ known: [GateID: Edge]) -> GateID? {
    guard case .and(let children) = circuit.kind(of: gate) else { return nil }
    return children.lazy.map { Edge(rawValue: $0).gate }.first { known[$0] == nil }
  }

  private mutating func renamedGate(
    _ gate: GateID, _ renaming: Renaming, _ known: [GateID: Edge]
  ) -> Edge {
    switch circuit.kind(of: gate) {
    case .constant: return .always
    case .input(let number):
      guard let choice = possible.choice(of: renaming.fault(possible.fault(ChoiceID(number)))) else {
        preconditionFailure("a renamed fault is as possible as the fault")
      }
      return circuit.truth(of: choice)
    case .and(let children):
      return circuit.and(
        children.map { word in
          let child = Edge(rawValue: word)
          guard let renamed = known[child.gate] else { preconditionFailure("children come first") }
          return child.isNegated ? !renamed : renamed
        })
    }
  }
}
