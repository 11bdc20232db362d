// A clause that contains another is dropped. A clause that contains another except for one literal, which it
// has negated, loses that literal (self-subsuming resolution; Eén & Biere, SAT 2005).

extension Solver {
  /// Uses every fresh clause to subsume and strengthen other clauses.
  mutating func subsumeFresh() {
    while !outcome.isRefuted, elimination.budget > 0, let occurrence = elimination.fresh.popLast() {
      if clauses.isDeleted(occurrence.clause) { continue }
      subsume(by: occurrence)
      drawFacts()
    }
    elimination.fresh.removeAll()
  }

  private mutating func subsume(by occurrence: Occurrence) {
    let literal = rarestLiteral(of: occurrence.clause)
    mark(occurrence.clause, true)
    defer { mark(occurrence.clause, false) }
    subsume(by: occurrence, in: elimination.occurrences[literal])
    subsume(by: occurrence, in: elimination.occurrences[!literal])
  }

  /// Uses the clause of `occurrence`, whose literals are marked, to subsume and strengthen clauses in `list`.
  private mutating func subsume(by occurrence: Occurrence, in list: [Occurrence]) {
    elimination.budget -= list.count
    for other in list where occurrence.signature & ~other.signature == 0 {
      if other.clause == occurrence.clause || clauses.isDeleted(other.clause) { continue }
      switch relation(of: occurrence.clause, to: other.clause) {
      case .none: continue
      case .subsumes:
        statistics.subsumedClauses += 1
        drop(other.clause)
      case .strengthens(let superfluous):
        statistics.strengthenedClauses += 1
        strengthen(other.clause, without: superfluous, because: clauses.identifier(occurrence.clause))
      }
    }
  }

  /// The literal of `clause` whose variable occurs least.
  private func rarestLiteral(of clause: ClauseReference) -> Literal {
    var (rarest, least) = (clauses[clause, 0], Int.max)
    for position in 0..<clauses.size(clause) {
      let literal = clauses[clause, position]
      let count = elimination.occurrences[literal].count + elimination.occurrences[!literal].count
      if count < least { (rarest, least) = (literal, count) }
    }
    return rarest
  }

  /// How a clause relates to another.
  private enum Relation {
    case none, subsumes
    /// The other follows without this literal.
    case strengthens(Literal)
  }

  /// The relation of `clause`, whose literals are marked, to `other`.
  private mutating func relation(of clause: ClauseReference, to other: ClauseReference) -> Relation {
    let size = clauses.size(clause)
    var open = size
    var superfluous: Literal?
    guard size <= clauses.size(other) else { return .none }
    elimination.budget -= clauses.size(other)
    for position in 0..<clauses.size(other) {
      let literal = clauses[other, position]
      if elimination.marks[literal] {
        open -= 1
      } else if elimination.marks[!literal] {
        guard superfluous == nil else { return .none }
        superfluous = literal
        open -= 1
      }
    }
    guard open == 0 else { return .none }
    return superfluous.map { .strengthens($0) } ?? .subsumes
  }

  /// Replaces `clause` by the clause without `literal`. If the rest is false and `literal` true, `reason` is
  /// false.
  mutating func strengthen(
    _ clause: ClauseReference, without literal: Literal, because reason: ClauseIdentifier
  ) {
    let rest = literals(of: clause).filter { $0 != literal }
    addDerived(rest, hints: [reason, clauses.identifier(clause)])
    drop(clause)
  }
}
