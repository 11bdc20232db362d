import Dedalus

/// What a count has found in one match.
struct CountedTuples {
  /// The place of the count in the body.
  let place: Int
  /// The tuples that are counted, each once, sorted.
  let tuples: [GroundTuple]
  /// For a count of a single atom that finds nothing: what it looked for.
  let absence: AbsencePattern?

  init(place: Int, tuples ways: [[GroundTuple]], absence: AbsencePattern?) {
    self.place = place
    tuples = Set(ways.joined()).sorted()
    self.absence = absence
  }
}

extension RuleMatches {
  /// Every way to take one tuple for each positive atom of `count` so that everything within its braces
  /// holds.
  func ways(of count: Count, _ binding: Binding) -> [[GroundTuple]] {
    ways(of: count.atoms.filter { !$0.isNegated }[...], binding, []).filter { binding, _ in
      count.comparisons.allSatisfy { holds($0, binding) }
        && count.atoms.filter(\.isNegated).allSatisfy { atom in
          !tuples(readBy: atom).contains { agree(binding, atom.columns, $0.values) != nil }
        }
    }.map(\.1)
  }

  private func ways(
    of atoms: ArraySlice<Atom>, _ binding: Binding, _ taken: [GroundTuple]
  ) -> [(Binding, [GroundTuple])] {
    guard let atom = atoms.first else { return [(binding, taken)] }
    return tuples(readBy: atom).flatMap { tuple in
      agree(binding, atom.columns, tuple.values).map { ways(of: atoms.dropFirst(), $0, taken + [tuple]) }
        ?? []
    }
  }

  private func holds(_ comparison: Comparison, _ binding: Binding) -> Bool {
    guard let left = known(comparison.left, binding), let right = known(comparison.right, binding) else {
      preconditionFailure("within a count, each side of a comparison is a constant or a bound variable")
    }
    return comparison.comparator.holds(left, right)
  }

  private func known(_ expression: Expression, _ binding: Binding) -> Constant? {
    switch expression {
    case .constant(let constant): constant
    case .variable(let variable): binding[variable.position]
    case .binary: nil
    }
  }

  /// What a count of a single atom looks for; nil for any other count.
  func absence(of count: Count, _ binding: Binding) -> AbsencePattern? {
    guard count.atoms.count == 1, count.comparisons.isEmpty else { return nil }
    let atom = count.atoms[0]
    assert(!atom.isNegated, "a count has a positive atom, whose rows it counts")
    let columns = atom.columns.map { column -> Constant? in
      switch column {
      case .constant(let constant): constant
      case .variable(let variable): binding[variable.position]
      case .wildcard, .expression: nil
      }
    }
    return AbsencePattern(relation: atom.relation, round: atom.round ?? round, columns: columns)
  }
}
