// A match of a rule is a possible row for each positive atom, so that variables and constants agree, and a
// node for each variable that nothing else binds, so that all tests are passed. The rule is located at a
// node, if it has a location.

import Dedalus

/// The values of a rule's variables; nil while unbound.
typealias Binding = [Symbol?]

/// A match of a rule.
struct Match {
  var binding: Binding
  /// The row of each positive atom.
  let premises: [Place]
  /// Whether a test has no result.
  var fails = false
  /// The conditions under which its counts have the numbers that are bound.
  var conditions: [Condition] = []
}

extension Encoder {
  /// The matches of `rule` in `round`.
  mutating func matches(of rule: EncodedRule, in round: Int) throws(UnfinishedFormula) -> [Match] {
    var found: [Match] = []
    let unbound = Binding(repeating: nil, count: rule.rule.variables.count)
    try join(rule.positive[...], rule, unbound, [], in: round, &found)
    return found
  }

  private mutating func join(
    _ atoms: ArraySlice<EncodedRule.Pattern>, _ rule: EncodedRule, _ binding: Binding, _ premises: [Place],
    in round: Int, _ found: inout [Match]
  ) throws(UnfinishedFormula) {
    try step(in: round)
    guard let atom = atoms.first else {
      return try bindNodes(
        rule.rule.nodeVariables[...], rule, Match(binding: binding, premises: premises), in: round, &found)
    }
    let read = atom.round ?? round
    guard read <= round else { return }
    for position in tables[read][atom.relation].positions(at: value(of: atom.columns[0], binding)) {
      guard let extended = agree(atom.columns, tables[read][atom.relation].rows[position], binding) else {
        continue
      }
      let premise = Place(relation: atom.relation, round: read, position: position)
      try join(atoms.dropFirst(), rule, extended, premises + [premise], in: round, &found)
    }
  }

  private mutating func bindNodes(
    _ variables: ArraySlice<VariableID>, _ rule: EncodedRule, _ match: Match, in round: Int,
    _ found: inout [Match]
  ) throws(UnfinishedFormula) {
    if let variable = variables.first {
      for node in nodes {
        var match = match
        match.binding[variable.position] = node
        try bindNodes(variables.dropFirst(), rule, match, in: round, &found)
      }
      return
    }
    if rule.rule.location != .unconstrained, location(of: match, rule) == nil { return }
    found += try passing(rule.tests[...], match, in: round)
  }

  /// `binding` with the variables of `columns` bound to the values of `row`; nil where they disagree.
  /// Expressions are tested later.
  func agree(_ columns: [EncodedRule.Column], _ row: [Symbol], _ binding: Binding) -> Binding? {
    assert(columns.count == row.count, "an atom has the columns of its relation")
    for (column, symbol) in zip(columns, row) {
      if let expected = value(of: column, binding), expected != symbol { return nil }
    }
    var extended = binding
    for (column, symbol) in zip(columns, row) {
      guard case .variable(let variable) = column else { continue }
      if let bound = extended[variable], bound != symbol { return nil }
      extended[variable] = symbol
    }
    return extended
  }

  /// The value that `column` must have; nil where it is not known.
  func value(of column: EncodedRule.Column, _ binding: Binding) -> Symbol? {
    switch column {
    case .any, .computed: nil
    case .value(let symbol): symbol
    case .variable(let variable): binding[variable]
    }
  }

  /// The node at which `rule` fires; nil where it has no location, or where that is no node.
  func location(of match: Match, _ rule: EncodedRule) -> Symbol? {
    let place: Symbol? =
      switch rule.rule.location {
      case .unconstrained: nil
      case .constant(let constant): nodes.first { constants[Int($0)] == constant }
      case .variable(let variable): match.binding[variable.position]
      }
    return place.flatMap { node($0) == nil ? nil : $0 }
  }
}

// MARK: Instances

extension Encoder {
  /// The row that `match` derives, and the condition under which it does, but for the `open` premises; nil
  /// where it never does. Arithmetic without a result is noted.
  mutating func instance(
    _ match: Match, of rule: EncodedRule, in round: Int, except open: [Place] = []
  ) throws(UnfinishedFormula) -> (row: [Symbol], condition: Condition)? {
    try step(in: round)
    var parts = match.conditions
    if let location = location(of: match, rule).flatMap({ node($0) }) {
      parts.append(acts(location, in: round))
    }
    for premise in match.premises where !open.contains(premise) {
      assert(
        tables[premise.round][premise.relation].ways[premise.position].isEmpty,
        "it is known of a premise that is not open when it holds")
      parts.append(tables[premise.round][premise.relation].conditions[premise.position])
    }
    guard !match.fails else {
      fail(where: clauses.all(parts), open)
      return nil
    }
    parts += absences(match, of: rule, in: round)
    let condition = clauses.all(parts)
    if condition == .never { return nil }
    switch head(of: match, rule) {
    case .row(let row): return (row, condition)
    case .failure:
      fail(where: condition, open)
      return nil
    }
  }

  /// Whether something that a `notin` of `rule` excludes is there in every run.
  mutating func isExcluded(_ match: Match, of rule: EncodedRule, in round: Int) -> Bool {
    absences(match, of: rule, in: round).contains(.never)
  }

  /// The negated conditions of whatever the `notin`s of `rule` exclude. A variable that nothing else binds
  /// stands for any value.
  private mutating func absences(_ match: Match, of rule: EncodedRule, in round: Int) -> [Condition] {
    var absences: [Condition] = []
    for atom in rule.negative {
      let read = atom.round ?? round
      guard read <= round else { continue }
      let columns = atom.columns.map { column -> EncodedRule.Column in
        guard case .computed(let expression) = column, let value = value(of: expression, match.binding) else {
          return column
        }
        return .value(value)
      }
      let table = tables[read][atom.relation]
      assert(table.isClosed, "what is negated is complete before it is read")
      for position in table.positions(at: value(of: columns[0], match.binding))
      where agree(columns, table.rows[position], match.binding) != nil {
        absences.append(!table.conditions[position])
      }
    }
    return absences
  }
}
