// The instances of a rule that come nearest to deriving a row. Bound by the row, the positive premises are
// joined in source order; any of them may be skipped. What remains unbound then stands for any value. An
// instance lacks what was skipped, which must be absent under its bindings; each negated premise that some
// row matches; each comparison that is false; and that its node acts. Instances that lack fewest are kept.
//
// The skipped premises are tried by ascending number, so the search ends as soon as an instance is found that
// lacks no more than that. A first instance is found greedily, without a choice: it is always there, and what
// is kept when the search has taken too many steps.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// Finds what keeps a rule from deriving a row.
struct RuleSearch {
  let tables: RunTables
  let id: RuleID
  let rule: Rule
  /// The row that is wanted; nil in columns where any value will do.
  let goal: [Constant?]
  /// The round of the goal.
  let target: Round
  /// The round in which the body would hold.
  let round: Round
  let positives: [Atom]
  /// The variables as the wanted row binds them.
  private(set) var ofHead: Binding = []
  /// The variables that something other than a negated premise binds.
  let bindable: Set<VariableID>

  /// What the nearest instances lack.
  private(set) var found: [[WhyNot.Lack]] = []
  private var seen: Set<[WhyNot.Lack]> = []
  private var fewest = Int.max
  private(set) var steps = 0
  private let mostSteps: Int

  /// The values of the variables; nil while unbound.
  typealias Binding = [Constant?]

  /// A premise that is not skipped, with the row that it takes.
  struct Taken {
    let atom: Atom
    let values: [Constant]
  }

  /// The largest number of instances that are kept.
  private static let most = 24

  init(
    _ tables: RunTables, _ id: RuleID, for goal: WhyNot.Claim, bodyIn round: Round, mostSteps: Int
  ) {
    (self.tables, self.id, self.round, self.mostSteps) = (tables, id, round, mostSteps)
    (self.goal, target) = (goal.columns, goal.round)
    rule = tables.execution.program.rules[id]
    let atoms = rule.body.compactMap { if case .atom(let atom) = $0, !atom.isNegated { atom } else { nil } }
    positives = atoms.filter { !$0.computes } + atoms.filter(\.computes)
    var bindable = Set(rule.nodeVariables)
    for case .variable(let variable) in positives.flatMap(\.columns) { bindable.insert(variable) }
    for term in rule.body {
      switch term {
      case .atom: continue
      case .comparison(let comparison): if let variable = comparison.binds { bindable.insert(variable) }
      case .count(let count): bindable.insert(count.result)
      }
    }
    self.bindable = bindable
  }

  /// What the nearest instances lack, each once; at least one.
  mutating func nearest() -> [[WhyNot.Lack]] {
    guard let binding = bindingOfHead() else { return [[.otherRows]] }
    ofHead = binding
    greedily(binding)
    var skipping = 0
    while skipping <= positives.count, skipping < fewest || found.isEmpty, steps < mostSteps {
      join(positives[...], binding, [], skipped: [], still: skipping)
      skipping += 1
    }
    return found.isEmpty ? [[.unknown]] : found
  }

  // MARK: The head

  /// The variables as the wanted row binds them; nil where the head derives other rows only.
  private func bindingOfHead() -> Binding? {
    var binding = Binding(repeating: nil, count: rule.variables.count)
    for (column, wanted) in zip(rule.head, goal) {
      guard let wanted, case .expression(let expression) = column else { continue }
      switch expression {
      case .constant(let constant): if constant != wanted { return nil }
      case .variable(let variable):
        if let bound = binding[variable.position], bound != wanted { return nil }
        binding[variable.position] = wanted
      case .binary: continue
      }
    }
    for (column, wanted) in zip(rule.head, goal) {
      guard let wanted, case .expression(let expression) = column,
        let (variable, value) = expression.solved(for: wanted), binding[variable.position] == nil
      else { continue }
      binding[variable.position] = value
    }
    return binding
  }

  // MARK: Joining

  /// Takes for each premise the first row that agrees, and skips the premise where there is none.
  private mutating func greedily(_ binding: Binding) {
    var binding = binding
    var taken: [Taken] = []
    var skipped: [Atom] = []
    for atom in positives {
      var hit: Taken?
      for entry in rows(readBy: atom) {
        guard let extended = agree(binding, sought(atom.columns, binding), entry.values) else { continue }
        (binding, hit) = (extended, Taken(atom: atom, values: entry.values))
        break
      }
      if let hit { taken.append(hit) } else { skipped.append(atom) }
    }
    finish(binding, taken, skipped: skipped)
  }

  private mutating func join(
    _ atoms: ArraySlice<Atom>, _ binding: Binding, _ taken: [Taken], skipped: [Atom], still: Int
  ) {
    steps += 1
    guard steps < mostSteps else { return }
    guard let atom = atoms.first else { return finish(binding, taken, skipped: skipped) }
    let rest = atoms.dropFirst()
    if still < atoms.count {
      let columns = sought(atom.columns, binding)
      for entry in rows(readBy: atom) {
        steps += 1
        guard let extended = agree(binding, columns, entry.values) else { continue }
        join(
          rest, extended, taken + [Taken(atom: atom, values: entry.values)], skipped: skipped, still: still)
      }
    }
    if still > 0 { join(rest, binding, taken, skipped: skipped + [atom], still: still - 1) }
  }

  /// The tuples that `atom` reads: those of a round to come are not there yet.
  func rows(readBy atom: Atom) -> [RunTables.Entry] {
    let read = atom.round.map { Round(named: $0) } ?? round
    return read <= round ? tables.entries(of: atom.relation, in: read) : []
  }

  /// `binding` with the variables of `columns` bound to `values`, or nil where they disagree.
  func agree(_ binding: Binding, _ columns: [AtomColumn], _ values: [Constant]) -> Binding? {
    var binding = binding
    for (column, value) in zip(columns, values) {
      switch column {
      case .wildcard, .expression: continue
      case .constant(let constant): if constant != value { return nil }
      case .variable(let variable):
        if let bound = binding[variable.position], bound != value { return nil }
        binding[variable.position] = value
      }
    }
    return binding
  }

  /// The variable of the node at which a skipped premise is wanted, where the premise holds somewhere.
  private func openPlace(_ binding: Binding, _ skipped: [Atom]) -> VariableID? {
    for atom in skipped {
      guard case .variable(let variable)? = atom.columns.first, binding[variable.position] == nil else {
        continue
      }
      let columns = sought(atom.columns, binding)
      if rows(readBy: atom).contains(where: { agree(binding, columns, $0.values) != nil }) { return variable }
    }
    return nil
  }

  // MARK: What is lacking

  private mutating func finish(_ binding: Binding, _ taken: [Taken], skipped: [Atom]) {
    if let open = rule.nodeVariables.first(where: { binding[$0.position] == nil })
      ?? openPlace(binding, skipped)
    {
      for name in tables.execution.setting.nodes.names {
        steps += 1
        var bound = binding
        bound[open.position] = .string(name)
        finish(bound, taken, skipped: skipped)
      }
      return
    }
    guard steps < mostSteps, let lacks = lacks(binding, taken, skipped), lacks.count <= fewest else { return }
    if lacks.count < fewest {
      (fewest, found, seen) = (lacks.count, [], [])
    }
    if found.count < Self.most, seen.insert(lacks).inserted { found.append(lacks) }
  }
}

extension Atom {
  /// Whether a column is computed.
  fileprivate var computes: Bool { columns.contains { if case .expression = $0 { true } else { false } } }
}

extension Expression {
  /// The only variable, of a sum or difference with a constant, and its value where the result is `wanted`.
  fileprivate func solved(for wanted: Constant) -> (VariableID, Constant)? {
    guard case .integer(let result) = wanted, case .binary(let operation, let left, let right) = self else {
      return nil
    }
    switch (operation, left, right) {
    case (.add, .variable(let variable), .constant(.integer(let known))),
      (.add, .constant(.integer(let known)), .variable(let variable)):
      return ArithmeticOperator.subtract.result(result, known).map { (variable, .integer($0)) }
    case (.subtract, .variable(let variable), .constant(.integer(let known))):
      return ArithmeticOperator.add.result(result, known).map { (variable, .integer($0)) }
    default: return nil
    }
  }
}
