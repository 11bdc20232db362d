import Dedalus
import Evaluation
import Indices
import Scenarios

extension RuleSearch {
  /// What the instance with these bindings lacks; nil where a skipped premise is not absent, or a taken one
  /// does not fit after all. Empty only where the rule fires, and then something else derives.
  func lacks(_ binding: Binding, _ taken: [Taken], _ skipped: [Atom]) -> [WhyNot.Lack]? {
    var conditions = Conditions(self, binding)
    conditions.evaluate()
    let binding = conditions.binding
    for premise in taken where !fits(premise, binding) { return nil }
    var lacks: [WhyNot.Lack] = []
    for atom in skipped {
      guard let lack = absence(of: atom, binding) else { return nil }
      lacks.append(lack)
    }
    lacks += lacksOfPlace(binding) + blocking(binding) + conditions.failed
    lacks += lacksOfHead(binding)
    return lacks.isEmpty ? lacksWhereItFires(binding) : lacks
  }

  private func fits(_ premise: Taken, _ binding: Binding) -> Bool {
    agree(binding, sought(premise.atom.columns, binding), premise.values) != nil
  }

  /// That no row matches `atom`; nil where some does.
  private func absence(of atom: Atom, _ binding: Binding) -> WhyNot.Lack? {
    let read = atom.round.map { Round(named: $0) } ?? round
    if read > round { return .unread(atom.relation, read) }
    // What is absent whatever the other premises bind says most. Where a variable that is not bound stands
    // twice, the pattern says too much, and the instance is not told.
    for known in [ofHead, binding] {
      let pattern = sought(atom.columns, known).map { column -> Constant? in
        if case .constant(let value) = column { value } else { nil }
      }
      if tables.first(atom.relation, pattern, in: read) == nil {
        return .claim(WhyNot.Claim(atom.relation, pattern, in: read, holds: false))
      }
    }
    return nil
  }

  /// Whether the rule fires where it is, and can send where it sends.
  private func lacksOfPlace(_ binding: Binding) -> [WhyNot.Lack] {
    let setting = tables.execution.setting
    func node(_ place: Constant) -> NodeID? {
      if case .string(let name) = place { setting.nodes.id(of: name) } else { nil }
    }
    var lacks: [WhyNot.Lack] = []
    let place: Constant? =
      switch rule.location {
      case .unconstrained: nil
      case .constant(let constant): constant
      case .variable(let variable): binding[variable.position]
      }
    if let place {
      if let node = node(place) {
        let stop = tables.execution.faults.stoppage(of: node, in: round, setting.crashView)
        lacks += stop.map { [.fault($0)] } ?? []
      } else {
        lacks.append(.noNode(place))
      }
    }
    if rule.timing == .async, case .expression(let column)? = rule.head.first,
      let receiver = column.value(binding), node(receiver) == nil
    {
      lacks.append(.noNode(receiver))
    }
    return lacks
  }

  /// For each negated premise that a row matches, the first such row.
  private func blocking(_ binding: Binding) -> [WhyNot.Lack] {
    rule.body.compactMap { term in
      guard case .atom(let atom) = term, atom.isNegated else { return nil }
      let columns = sought(atom.columns, binding)
      let isOpen = columns.contains { column in
        switch column {
        case .variable(let variable): bindable.contains(variable)
        case .expression: true
        case .wildcard, .constant: false
        }
      }
      if isOpen { return nil }
      let read = atom.round.map { Round(named: $0) } ?? round
      return rows(readBy: atom).first { agree(binding, columns, $0.values) != nil }.map {
        .claim(WhyNot.Claim(atom.relation, $0.values, in: read, holds: true))
      }
    }
  }

  /// The computed columns of the head that have other values than are wanted.
  private func lacksOfHead(_ binding: Binding) -> [WhyNot.Lack] {
    zip(rule.head, goal).enumerated().compactMap { number, column in
      guard case .expression(let expression) = column.0, case .binary = expression, let wanted = column.1,
        let value = expression.value(binding), value != wanted
      else { return nil }
      return .column(number, value)
    }
  }

  /// An aggregate whose group has rows derives another value.
  private func lacksWhereItFires(_ binding: Binding) -> [WhyNot.Lack]? {
    guard rule.isAggregate else { return nil }
    let columns = rule.head.map { column -> Constant? in
      if case .expression(let expression) = column { expression.value(binding) } else { nil }
    }
    let other = tables.first(rule.headRelation, columns, in: target)
    return [
      .aggregate(other.map { WhyNot.Claim(rule.headRelation, $0.values, in: target, holds: true) })
    ]
  }

  /// `columns` with values in place of bound variables and of what can be computed.
  func sought(_ columns: [AtomColumn], _ binding: Binding) -> [AtomColumn] {
    columns.map { column in
      switch column {
      case .wildcard, .constant: column
      case .variable(let variable): binding[variable.position].map { .constant($0) } ?? column
      case .expression(let expression): expression.value(binding).map { .constant($0) } ?? column
      }
    }
  }
}

/// The comparisons and counts of an instance, as far as its bindings decide them.
private struct Conditions {
  private let search: RuleSearch
  private(set) var binding: RuleSearch.Binding
  private(set) var failed: [WhyNot.Lack] = []

  init(_ search: RuleSearch, _ binding: RuleSearch.Binding) {
    (self.search, self.binding) = (search, binding)
  }

  /// Evaluates what can be, in source order, until nothing more can.
  mutating func evaluate() {
    var waiting = search.rule.body
    var hasMoved = true
    while hasMoved {
      hasMoved = false
      waiting.removeAll { term in
        let isDone =
          switch term {
          case .atom: true
          case .comparison(let comparison): decide(comparison)
          case .count(let count): decide(count)
          }
        hasMoved = hasMoved || isDone
        return isDone
      }
    }
  }

  private mutating func decide(_ comparison: Comparison) -> Bool {
    guard let right = comparison.right.value(binding) else { return false }
    if let target = comparison.binds, binding[target.position] == nil {
      binding[target.position] = right
      return true
    }
    guard let left = comparison.left.value(binding) else { return false }
    if !comparison.comparator.holds(left, right) {
      let variables = (comparison.left.variables + comparison.right.variables)
      var values: [WhyNot.Value] = []
      for variable in variables {
        guard let value = binding[variable.position] else { continue }
        let named = WhyNot.Value(name: search.rule.variables[variable].name, value: value)
        if !values.contains(named) { values.append(named) }
      }
      failed.append(.condition(comparison.range, values))
    }
    return true
  }

  private mutating func decide(_ count: Count) -> Bool {
    guard count.shared.allSatisfy({ binding[$0.position] != nil }) else { return false }
    let number = Constant.integer(Int64(ways(of: count.atoms.filter { !$0.isNegated }[...], binding, count)))
    if let known = binding[count.result.position], known != number {
      let value = WhyNot.Value(name: search.rule.variables[count.result].name, value: number)
      failed.append(.condition(count.range, [value]))
    }
    binding[count.result.position] = number
    return true
  }

  /// The number of ways in which everything within the braces holds.
  private func ways(of atoms: ArraySlice<Atom>, _ binding: RuleSearch.Binding, _ count: Count) -> Int {
    guard let atom = atoms.first else { return admits(binding, count) ? 1 : 0 }
    return search.rows(readBy: atom).reduce(0) { sum, entry in
      sum
        + (search.agree(binding, atom.columns, entry.values).map { ways(of: atoms.dropFirst(), $0, count) }
          ?? 0)
    }
  }

  private func admits(_ binding: RuleSearch.Binding, _ count: Count) -> Bool {
    count.comparisons.allSatisfy { comparison in
      guard let left = comparison.left.value(binding), let right = comparison.right.value(binding) else {
        return false
      }
      return comparison.comparator.holds(left, right)
    }
      && count.atoms.filter(\.isNegated).allSatisfy { atom in
        !search.rows(readBy: atom).contains { search.agree(binding, atom.columns, $0.values) != nil }
      }
  }
}

extension Expression {
  /// The value; nil where a variable is not bound, or there is none.
  func value(_ binding: RuleSearch.Binding) -> Constant? {
    switch self {
    case .constant(let constant): return constant
    case .variable(let variable): return binding[variable.position]
    case .binary(let operation, let left, let right):
      guard case .integer(let left)? = left.value(binding), case .integer(let right)? = right.value(binding)
      else { return nil }
      return operation.result(left, right).map { .integer($0) }
    }
  }

  /// The variables, from left to right.
  fileprivate var variables: [VariableID] {
    switch self {
    case .constant: []
    case .variable(let variable): [variable]
    case .binary(_, let left, let right): left.variables + right.variables
    }
  }
}
