// A clause was derived by resolving a conflict with reasons, and then literals that follow from the others
// were taken out with further reasons. Whatever the order in which that happened: assume the learned clause
// false, and the reasons, in the order of the trail, force what they forced before, until the conflict clause
// is false. So the hints are found afterwards, by walking back from the conflict to the literals of the
// learned clause, and conflict analysis itself knows nothing of proofs.
import Indices

/// Numbers clauses and reports the steps of the reasoning, if there is a sink.
struct ProofLog: ~Copyable {
  private let sink: ProofSink?
  private var givenCount = 0
  private var learnedCount = 0
  /// For each variable that is a fact: the clause of one literal that says so.
  private var factProofs = Column<Variable, ClauseIdentifier>()
  /// The number of facts for which that clause has been derived.
  fileprivate var provedFacts = 0

  init(sink: ProofSink?) { self.sink = sink }

  var isOn: Bool { sink != nil }

  mutating func addVariable() { factProofs.append(.none) }

  mutating func give(_ clause: [Literal]) -> ClauseIdentifier {
    givenCount += 1
    let identifier = ClauseIdentifier.given(givenCount)
    sink?.given(identifier, clause)
    return identifier
  }

  mutating func derive(_ clause: [Literal], hints: [ClauseIdentifier]) -> ClauseIdentifier {
    guard isOn else { return .none }
    learnedCount += 1
    let identifier = ClauseIdentifier.learned(learnedCount)
    sink?.learned(identifier, clause, hints)
    return identifier
  }

  func delete(_ identifier: ClauseIdentifier, _ literals: [Literal]) { sink?.deleted(identifier, literals) }

  mutating func noteFact(_ variable: Variable, provedBy identifier: ClauseIdentifier) {
    factProofs[variable] = identifier
  }

  func factProof(_ variable: Variable) -> ClauseIdentifier {
    assert(factProofs[variable] != .none, "a fact is proved before it is used")
    return factProofs[variable]
  }
}

extension Solver {
  /// Reports the lesson drawn from `conflict`.
  mutating func proveLesson(from conflict: ClauseReference) -> ClauseIdentifier {
    guard proof.isOn else { return .none }
    let lesson = analysis.lesson.elements
    return proof.derive(lesson, hints: hints(for: lesson, falsifying: conflict))
  }

  /// Reports that the clauses have no model: `conflict` is false by facts alone.
  mutating func refute(by conflict: ClauseReference) {
    analysis.clear()
    refute(by: proof.isOn ? hints(for: [], falsifying: conflict) : [])
  }

  /// Reports that the clauses have no model, because of `hints`.
  mutating func refute(by hints: [ClauseIdentifier]) { outcome.refute(by: proof.derive([], hints: hints)) }

  /// Reports the clause that not all of `failed` can be true; the first of them was found to be false.
  mutating func proveBlame(_ failed: [Literal]) {
    guard proof.isOn else { return }
    let blamed = failed[0].variable
    guard trail[blamed].level > 0 else {
      outcome.blame = proof.factProof(blamed)
      return
    }
    guard let conflict = trail[blamed].reason.clause else { return }
    analysis.clear()
    let clause = failed.map { !$0 }
    outcome.blame = proof.derive(clause, hints: hints(for: clause, falsifying: conflict))
  }

  /// Reports the rest of a given clause, in `analysis.lesson`, if it is shorter than the clause.
  mutating func proveShortened(_ clause: [Literal], identifier: ClauseIdentifier) -> ClauseIdentifier {
    guard proof.isOn, analysis.lesson.count < clause.count || clause.isEmpty else { return identifier }
    var facts: [ClauseIdentifier] = []
    for literal in clause where trail.isFalse(literal) && !facts.contains(proof.factProof(literal.variable)) {
      facts.append(proof.factProof(literal.variable))
    }
    let shortened = proof.derive(analysis.lesson.elements, hints: facts + [identifier])
    proof.delete(identifier, clause)
    return shortened
  }

  /// Derives a clause of one literal for every new fact, so that later hints can name it.
  mutating func proveFacts() {
    guard proof.isOn else { return }
    while proof.provedFacts < trail.count {
      let literal = trail.literals[proof.provedFacts]
      proof.provedFacts += 1
      guard let reason = trail[literal.variable].reason.clause else { continue }
      let premises = premises(of: reason).filter { $0 != literal.variable }.map { proof.factProof($0) }
      let identifier = proof.derive([literal], hints: premises + [clauses.identifier(reason)])
      proof.noteFact(literal.variable, provedBy: identifier)
    }
  }

  private func premises(of clause: ClauseReference) -> [Variable] {
    (0..<clauses.size(clause)).map { clauses[clause, $0].variable }
  }

  /// The clauses to visit, in order, to see that `conflict` is false once all literals of `clause` are.
  private mutating func hints(
    for clause: [Literal], falsifying conflict: ClauseReference
  ) -> [ClauseIdentifier] {
    for literal in clause { analysis.mark(literal.variable, .explained) }
    var explained: [Variable] = []
    var open = premises(of: conflict)
    while let variable = open.popLast() {
      if analysis[variable].contains(.explained) { continue }
      analysis.mark(variable, .explained)
      explained.append(variable)
      guard trail[variable].level > 0 else { continue }
      guard let reason = trail[variable].reason.clause else {
        preconditionFailure("a decision that the learned clause does not mention")
      }
      open += premises(of: reason)
    }
    explained.sort { trail[$0].position < trail[$1].position }
    return explained.map { justification(of: $0) } + [clauses.identifier(conflict)]
  }

  private func justification(of variable: Variable) -> ClauseIdentifier {
    guard trail[variable].level > 0, let reason = trail[variable].reason.clause else {
      return proof.factProof(variable)
    }
    return clauses.identifier(reason)
  }
}
