// A match is one tuple per positive atom, agreeing on variables and constants, and a node for each variable
// that nothing else binds. Conditions (comparisons, and columns that are expressions) are tested only on
// complete matches, in source order, so that errors do not depend on the order of joining. Negated atoms come
// last.

import Dedalus
import Texts

/// A match that has met every condition.
struct Match {
  let binding: Binding
  let location: Text?
  /// The tuples of the positive atoms in source order, then what the counts have found, sorted.
  let premises: [GroundTuple]
  let absences: [AbsencePattern]
}

/// The values of a rule's variables; nil while unbound.
typealias Binding = [Constant?]

/// Finds the matches of one rule in one round by nested loops.
struct RuleMatches {
  let run: ReferenceRun
  let history: History
  let id: RuleID
  let round: Int
  let rule: Rule
  private let atoms: [Atom]
  private let shouldStop: () -> Bool

  init(
    of id: RuleID, in round: Int, run: ReferenceRun, history: History, shouldStop: @escaping () -> Bool
  ) {
    self.run = run
    self.history = history
    self.id = id
    self.round = round
    self.shouldStop = shouldStop
    rule = run.program.rules[id]
    atoms = rule.body.compactMap { if case .atom(let atom) = $0 { atom } else { nil } }
  }

  func all() throws(ReferenceFailure) -> [Match] {
    var found: [Match] = []
    let unbound = Binding(repeating: nil, count: rule.variables.count)
    for (binding, premises) in try joined(unbound, positive[...], []) {
      for binding in withNodes(binding, rule.nodeVariables[...]) {
        if let match = try checked(binding, premises) { found.append(match) }
      }
    }
    return found
  }

  private var positive: [Atom] { atoms.filter { !$0.isNegated } }

  private func joined(
    _ binding: Binding, _ atoms: ArraySlice<Atom>, _ premises: [GroundTuple]
  ) throws(ReferenceFailure) -> [(Binding, [GroundTuple])] {
    if shouldStop() { throw .stopped(round: round) }
    guard let atom = atoms.first else { return [(binding, premises)] }
    var found: [(Binding, [GroundTuple])] = []
    for tuple in tuples(readBy: atom) {
      guard let extended = agree(binding, atom.columns, tuple.values) else { continue }
      found += try joined(extended, atoms.dropFirst(), premises + [tuple])
    }
    return found
  }

  private func withNodes(_ binding: Binding, _ variables: ArraySlice<VariableID>) -> [Binding] {
    guard let variable = variables.first else { return [binding] }
    return run.nodes.flatMap { node in
      var binding = binding
      binding[variable.position] = .string(node)
      return withNodes(binding, variables.dropFirst())
    }
  }

  func tuples(readBy atom: Atom) -> [GroundTuple] {
    let read = atom.round ?? round
    return read <= round ? history.tuples(of: atom.relation, in: read) : []
  }

  /// `binding` with the variables of `columns` bound to `values`, or nil where they disagree.
  func agree(_ binding: Binding, _ columns: [AtomColumn], _ values: [Constant]) -> Binding? {
    assert(columns.count == values.count, "an atom has the columns of its relation")
    var binding = binding
    for (column, value) in zip(columns, values) {
      switch column {
      case .wildcard, .expression: continue
      case .constant(let constant):
        if constant != value { return nil }
      case .variable(let variable):
        if let bound = binding[variable.position], bound != value { return nil }
        binding[variable.position] = value
      }
    }
    return binding
  }
}

extension RuleMatches {
  private func checked(_ binding: Binding, _ premises: [GroundTuple]) throws(ReferenceFailure) -> Match? {
    assert(premises.count == positive.count, "a match has one tuple for each positive atom")
    var location: Text?
    switch rule.location {
    case .unconstrained: break
    case .constant(let place):
      guard let node = firingNode(place) else { return nil }
      location = node
    case .variable(let variable):
      guard let place = binding[variable.position], let node = firingNode(place) else { return nil }
      location = node
    }
    guard let (binding, counted) = try meetingConditions(binding, premises) else { return nil }
    guard let absences = try absences(binding) else { return nil }
    return Match(
      binding: binding, location: location, premises: premises + counted.flatMap(\.tuples).sorted(),
      absences: absences + counted.compactMap(\.absence))
  }

  /// `place` as a node at which rules fire in this round.
  private func firingNode(_ place: Constant) -> Text? {
    guard case .string(let node) = place, run.nodes.contains(node) else { return nil }
    return run.acts(node, in: round) ? node : nil
  }

  /// The patterns of the negated atoms, or nil where some tuple fits one.
  private func absences(_ binding: Binding) throws(ReferenceFailure) -> [AbsencePattern]? {
    var patterns: [AbsencePattern] = []
    for atom in atoms where atom.isNegated {
      let sought = try atom.columns.map { column throws(ReferenceFailure) in
        try computed(column, binding)
      }
      for tuple in tuples(readBy: atom) where agree(binding, sought, tuple.values) != nil { return nil }
      let values: [Constant?] = sought.map { column in
        if case .constant(let value) = column { value } else { nil }
      }
      patterns.append(
        AbsencePattern(relation: atom.relation, round: atom.round ?? round, columns: values))
    }
    return patterns
  }

  /// `column` with its value in place of an expression or a bound variable.
  private func computed(_ column: AtomColumn, _ binding: Binding) throws(ReferenceFailure) -> AtomColumn {
    switch column {
    case .wildcard, .constant: return column
    case .variable(let variable): return binding[variable.position].map { .constant($0) } ?? column
    case .expression(let expression): return .constant(try value(of: expression, binding))
    }
  }
}
