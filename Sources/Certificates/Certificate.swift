// The formula of a certificate defines every gate below the claim in both directions, where the search needs
// only one. So the faults determine everything that has a name, and a run can be compared with the formula
// tuple by tuple. The claim is at the end, as clauses of one literal, so the proof needs no assumptions.
// Nothing of the search is reused: program, bounds and claim are grounded and encoded again.

import Dedalus
import Evaluation
import Indices
import Lineage
import ProofChecker
import Properties
import ReferenceEvaluator
import Satisfiability
import Scenarios
import Search

/// A proof of an answer that others can check without trusting the solver, the encoder or the search.
public struct Certificate: Sendable {
  /// The contents of `claim.json`.
  public let file: CertificateFile
  /// The contents of `formula.cnf`.
  public let formula: [UInt8]
  /// The contents of `proof.lrat`.
  public let proof: [UInt8]

  /// Proves `claim`, which `answer` makes; nil where patience ends first.
  ///
  /// - Throws: `Disagreement` where the claim turns out to be wrong, which is a bug in Faultline.
  public init?(of answer: Answer, _ claim: CertificateClaim, patience: Patience) throws(Disagreement) {
    guard let baseline = answer.baseline else { return nil }
    let stopwatch = Stopwatch(patience)
    let question = answer.question
    let grounding = Grounding(
      CompiledProgram(question.program, nodes: question.bounds.nodes), question.setting,
      question.possibleFaults, budget: patience.budget, shouldStop: { _ in stopwatch.isOver })
    guard grounding.interruption == nil else { return nil }
    var encoding = CertificateEncoding(of: question, grounding, baseline)
    let refutation: Refutation
    switch encoding.refute(upTo: claim.harmlessUpTo, limits: Limits(shouldStop: { _ in stopwatch.isOver })) {
    case .unknown: return nil
    case .unsatisfiable: refutation = encoding.refutation
    case .satisfiable:
      throw Disagreement(
        question: question, faults: .none, description: "the claim of the certificate has a counterexample")
    }
    let comments = claim.lines.map { "claim \($0.string)" } + encoding.comments
    formula = Array(refutation.formula.dimacs(comments: comments).utf8)
    proof = Array(refutation.lrat.utf8)
    do throws(Rejection) { _ = try Verification(of: formula, by: proof) } catch {
      throw Disagreement(
        question: question, faults: .none, description: "the certificate is rejected: \(error)")
    }
    file = CertificateFile(claim, formula: formula, proof: proof)
  }
}

/// The formula under construction.
private struct CertificateEncoding: ~Copyable {
  private let recorder = ProofRecorder()
  private var solver: Solver
  private var encoder = TseitinEncoder()
  private let question: Question
  private let grounding: Grounding
  private let violations: [(violation: Violation, condition: Edge)]
  private let failure: Edge
  private let broken: Literal
  private let faults: [(fault: Fault, literal: Literal)]
  private var limit: (literal: Literal, most: Int)?

  init(of question: Question, _ grounding: Grounding, _ baseline: Execution) {
    self.question = question
    self.grounding = grounding
    solver = Solver(reportingTo: recorder.sink)
    var circuit = grounding.circuit
    violations = question.possibleViolations(
      in: grounding, expecting: question.expectedRows(in: baseline), &circuit
    ).filter { $0.condition != .never }
    failure = circuit.or(grounding.errors.map(\.condition))
    let goal = circuit.or(violations.map(\.condition) + [failure])
    let graph = CircuitGraph(circuit: circuit)
    broken = encoder.encode(goal.rawValue, .both, of: graph, in: &solver)
    for gate in violations.map(\.condition) + [failure] {
      _ = encoder.encode(gate.rawValue, .both, of: graph, in: &solver)
    }
    let possible = grounding.faults
    var faults: [(fault: Fault, literal: Literal)] = []
    for (choice, fault) in possible.all {
      guard let variable = encoder.variable(ofInput: choice.position) else { continue }
      faults.append((fault, variable.positive))
    }
    self.faults = faults
    question.bounds.demand(of: faults, in: &solver)
  }

  /// Demands that at most `most` faults break the outcome, which should be impossible.
  mutating func refute(upTo most: Int?, limits: Limits) -> Solver.Answer {
    if let most {
      var counter = Totalizer(over: faults.map(\.literal), in: &solver)
      if let literal = counter.atMost(most, in: &solver) {
        solver.add([literal])
        limit = (literal, most)
      }
    }
    solver.add([broken])
    return solver.solve(limits: limits)
  }

  var refutation: Refutation { recorder.refutation(by: solver) }

  /// What the literals stand for, one line each.
  var comments: [String] {
    var lines: [String] = []
    for (fault, literal) in faults {
      let name = CertificateName.of(ReferenceFault(fault, nodes: question.bounds.nodes))
      lines.append("fault \(literal) \(name.string)")
    }
    lines += tupleComments
    for (violation, gate) in violations {
      if let literal = encoder.literal(of: gate.rawValue) {
        let breach = Claim.Breach(
          property: violation.property, round: violation.round.position, row: violation.row)
        let name = CertificateName.of(breach, isNamed: question.namesProperties)
        lines.append("violated \(literal) \(name.string)")
      }
    }
    if failure != .never, let literal = encoder.literal(of: failure.rawValue) {
      lines.append("failure \(literal)")
    }
    if let limit { lines.append("limit \(limit.literal) \(limit.most)") }
    return lines + ["broken \(broken)"]
  }

  /// Every tuple whose gate the formula defines, in order of derivation. Rows that the world states are left
  /// out, since they are the faults themselves; so are the rows of aggregates, since they are in no relation
  /// of the program.
  private var tupleComments: [String] {
    let (store, program) = (grounding.store, question.program)
    var lines: [String] = []
    for tuple in store.tuples {
      let row = store.row(of: tuple)
      let (relation, gate) = (store.relation(of: row), grounding.gate(of: tuple))
      guard gate.gate != Edge.always.gate, !program.statedRelations.values.contains(relation),
        relation.position < program.relations.count, let literal = encoder.literal(of: gate.rawValue)
      else { continue }
      let ground = GroundTuple(
        relation: relation, values: store.symbols(of: row).map { grounding.constants[$0] },
        round: store.round(of: tuple).position)
      lines.append("tuple \(literal) \(CertificateName.of(ground, in: program).string)")
    }
    return lines
  }
}
