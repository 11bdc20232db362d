// What a firing counted is among its premises; what it did not find is not. To compare two runs, the rows
// that a count would have found are needed, too: those that match one of its atoms under the values that the
// rest of the rule has. These values are read from what the firing rests on and derives. A value that a rule
// computes and uses nowhere else stays open, and then more rows match.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// What a firing looked for within the braces of a count.
struct CountedPattern {
  let pattern: Pattern
  /// The atom that gives the pattern.
  let atom: Atom
}

extension Execution {
  /// The patterns of all atoms within the counts of the rule that fired; none for the head of an aggregate.
  func countedPatterns(of firing: FiringID) -> [CountedPattern] {
    guard let id = rule(of: firing), let round = bodyRound(of: firing) ?? message(of: firing)?.sent else {
      return []
    }
    let rule = program.rules[id]
    let counts = rule.counts
    guard !counts.isEmpty, let values = values(of: rule, in: firing) else { return [] }
    return counts.flatMap { count in
      count.atoms.map { atom in
        let columns = atom.columns.map { column -> Constant? in
          switch column {
          case .constant(let constant): constant
          case .variable(let variable): count.locals.contains(variable) ? nil : values[variable]
          case .wildcard, .expression: nil
          }
        }
        let read = atom.round.map { Round(named: $0) } ?? round
        return CountedPattern(
          pattern: Pattern(
            place: RelationInRound(relation: atom.relation, round: read), columns: columns), atom: atom)
      }
    }
  }

  /// The values of the variables of `rule`, as far as premises and head show them; nil for the head of an
  /// aggregate, which rests on rows.
  private func values(of rule: Rule, in firing: FiringID) -> [VariableID: Constant]? {
    var values: [VariableID: Constant] = [:]
    var tuples: [RowID] = []
    var absences: [Absence] = []
    for premise in premises(of: firing) {
      switch premise {
      case .tuple(let tuple): tuples.append(store.row(of: tuple))
      case .absence(let absence): absences.append(self.absence(absence))
      }
    }
    if let row = tuples.first, schema[store.relation(of: row)].aggregateRule != nil { return nil }
    var (nextTuple, nextAbsence) = (tuples.makeIterator(), absences.makeIterator())
    for case .atom(let atom) in rule.body {
      let columns =
        atom.isNegated ? nextAbsence.next()?.pattern : nextTuple.next().map { self.values(of: $0) }
      for (column, value) in zip(atom.columns, columns ?? []) {
        if case .variable(let variable) = column, let value { values[variable] = value }
      }
    }
    let head = head(of: firing).map { store.row(of: $0) } ?? message(of: firing)?.row
    for (column, value) in zip(rule.head, head.map { self.values(of: $0) } ?? []) {
      switch column {
      case .expression(.variable(let variable)), .aggregate(_, let variable): values[variable] = value
      case .expression: break
      }
    }
    return values
  }
}

extension ComparedRun {
  /// The tuples that only `other` has and that bear on a count of `firing` in this run.
  func otherCounted(of firing: FiringID, in other: ComparedRun) -> [TupleID] {
    execution.countedPatterns(of: firing).flatMap { counted in
      other.matches(of: counted.pattern, as: counted.atom).filter { other.counterparts[$0] == nil }
    }
  }

  /// The tuples that only this run has and without which a count of `firing` would have found more.
  func ownExcluded(of firing: FiringID) -> [TupleID] {
    execution.countedPatterns(of: firing).filter(\.atom.isNegated).flatMap { counted in
      matches(of: counted.pattern, as: counted.atom).filter { counterparts[$0] == nil }
    }
  }
}
