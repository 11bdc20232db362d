// A node that only receives is in no location column, so it is not a node unless the call names it, and every
// message to it is silently dropped. To find the strings that may become destinations, the columns that flow
// into the destination of a message are followed: a column holds what facts put there and what the heads of
// rules pass on. That is too much where a rule joins columns, so it is reduced to what every premise allows,
// to what comparisons with constants allow and, for a relation that only facts and frame rules derive, to the
// rows that agree with an atom's constants.

import Indices
import Texts

/// A string that must be a node for something to happen, but is not.
struct StrayNode {
  let name: Text
  /// The fact or the rule that introduces the string.
  let origin: SourceRange
  /// A rule that would fire there, or send a message there.
  let rule: RuleID
  /// Whether a message does not go there; otherwise a rule does not fire there.
  let isDestination: Bool
}

/// Finds strings that are used as nodes but are not nodes, except those that rules name themselves.
struct StrayNodes {
  private struct Column: Hashable {
    let relation: RelationID
    let position: Int
  }

  /// Strings, each with the place that introduced it first.
  private typealias Strings = [Text: SourceRange]

  private let program: Program
  private let nodes: Set<Text>
  private let facts: [Fact]
  private let factsOf: IndexedArray<RelationID, [Int]>
  private let rulesOf: IndexedArray<RelationID, [RuleID]>
  /// The possible values of the columns that flow into a destination.
  private var strings: [Column: Strings] = [:]

  init(_ program: Program, nodes: [Text]) {
    self.program = program
    self.nodes = Set(nodes)
    var factsOf = IndexedArray<RelationID, [Int]>(repeating: [], count: program.relations.count)
    facts = program.possibleFacts
    for (number, fact) in facts.enumerated() { factsOf[fact.relation].append(number) }
    var rulesOf = IndexedArray<RelationID, [RuleID]>(repeating: [], count: program.relations.count)
    for rule in program.rules.indices { rulesOf[program.rules[rule].headRelation].append(rule) }
    (self.factsOf, self.rulesOf) = (factsOf, rulesOf)
  }

  /// Every stray name once, locations before destinations, in source order.
  mutating func all() -> [StrayNode] {
    var seen: Set<Text> = []
    return (locations() + destinations()).filter { seen.insert($0.name).inserted }
  }

  // MARK: Locations

  /// The strings in a column from which a rule takes its location.
  private func locations() -> [StrayNode] {
    var found: [StrayNode] = []
    for id in program.rules.indices {
      let rule = program.rules[id]
      guard case .variable(let variable) = rule.location, let first = rule.firstAtom, !first.isNegated,
        first.columns[0] == .variable(variable)
      else { continue }
      for number in factsOf[first.relation] {
        let fact = facts[number]
        guard case .string(let name) = fact.values[0], !nodes.contains(name) else { continue }
        found.append(StrayNode(name: name, origin: fact.range, rule: id, isDestination: false))
      }
    }
    return found
  }

  // MARK: Destinations

  private mutating func destinations() -> [StrayNode] {
    let senders = program.rules.indices.filter { destination(of: $0) != nil }
    guard !senders.isEmpty else { return [] }
    fillColumns(for: senders)
    return senders.flatMap { id -> [StrayNode] in
      guard let variable = destination(of: id) else { return [] }
      return values(of: variable, in: program.rules[id]).filter { !nodes.contains($0.key) }
        .map { StrayNode(name: $0.key, origin: $0.value, rule: id, isDestination: true) }
        .sorted { ($0.origin, $0.name) < ($1.origin, $1.name) }
    }
  }

  /// The variable that gives the destination of a rule's messages; nil where a constant does, or where every
  /// node gets them. In `m(Z)@async :- p(X, Y), Z == Y` Z ranges over the nodes, and Y says which of them is
  /// the destination.
  private func destination(of id: RuleID) -> VariableID? {
    let rule = program.rules[id]
    guard rule.timing == .async, case .expression(.variable(let variable)) = rule.head[0] else { return nil }
    guard rule.nodeVariables.contains(variable) else { return variable }
    for case .comparison(let comparison) in rule.body where comparison.comparator == .equal {
      switch (comparison.left, comparison.right) {
      case (.variable(variable), .variable(let other)), (.variable(let other), .variable(variable)):
        return other
      default: continue
      }
    }
    return nil
  }

  /// Fills the columns that flow into the destinations of `senders`, until nothing is added. A rule is
  /// visited again when a column that it reads has grown.
  private mutating func fillColumns(for senders: [RuleID]) {
    var pending = senders.flatMap { id in
      destination(of: id).map { sources(of: $0, in: program.rules[id]) } ?? []
    }
    var readers: [Column: [(rule: RuleID, head: Column)]] = [:]
    var queue: [(rule: RuleID, head: Column)] = []
    while let column = pending.popLast() {
      guard strings[column] == nil else { continue }
      strings[column] = given(column)
      for id in rulesOf[column.relation] {
        queue.append((id, column))
        guard let variable = carried(by: id, into: column) else { continue }
        for source in sources(of: variable, in: program.rules[id]) {
          readers[source, default: []].append((id, column))
          pending.append(source)
        }
      }
    }
    queue.sort { ($0.rule, $0.head.position) < ($1.rule, $1.head.position) }
    var next = 0
    while next < queue.count {
      let (rule, head) = queue[next]
      next += 1
      if pour(rule, into: head) { queue += readers[head] ?? [] }
    }
  }

  /// Adds what a rule derives to a column of its head; returns whether anything was new.
  private mutating func pour(_ id: RuleID, into column: Column) -> Bool {
    let rule = program.rules[id]
    let derived: Strings
    if let variable = carried(by: id, into: column) {
      derived = values(of: variable, in: rule)
    } else if case .expression(.constant(.string(let name))) = rule.head[column.position] {
      derived = [name: rule.headRange]
    } else {
      return false
    }
    assert(strings[column] != nil, "only columns that flow into a destination are filled")
    let isDestination = rule.timing == .async && column.position == 0
    var hasGrown = false
    for (name, origin) in derived where !isDestination || nodes.contains(name) {
      guard strings[column]?[name] == nil else { continue }
      strings[column, default: [:]][name] = origin
      hasGrown = true
    }
    return hasGrown
  }

  /// The variable whose values a rule puts into a column of its head.
  private func carried(by id: RuleID, into column: Column) -> VariableID? {
    switch program.rules[id].head[column.position] {
    case .expression(.variable(let variable)), .aggregate(.min, let variable), .aggregate(.max, let variable):
      variable
    default: nil
    }
  }

  /// The strings that facts put into a column.
  private func given(_ column: Column) -> Strings {
    var found: Strings = [:]
    for number in factsOf[column.relation] {
      let fact = facts[number]
      if case .string(let name) = fact.values[column.position], found[name] == nil {
        found[name] = fact.range
      }
    }
    return found
  }

  // MARK: A variable of a rule

  /// The columns from which `variable` takes its values.
  private func sources(of variable: VariableID, in rule: Rule) -> [Column] {
    var found: [Column] = []
    for case .atom(let atom) in rule.body where !atom.isNegated {
      for (position, column) in atom.columns.enumerated() where column == .variable(variable) {
        found.append(Column(relation: atom.relation, position: position))
      }
    }
    for case .comparison(let comparison) in rule.body where comparison.binds == variable {
      if case .variable(let other) = comparison.right { found += sources(of: other, in: rule) }
    }
    return found
  }

  /// The possible values of `variable`: those that each atom with it allows, and each comparison of it with a
  /// constant.
  private func values(of variable: VariableID, in rule: Rule) -> Strings {
    if rule.nodeVariables.contains(variable) { return [:] }
    var found: Strings?
    func restrict(to allowed: Strings) {
      found = found.map { $0.filter { allowed[$0.key] != nil } } ?? allowed
    }
    for term in rule.body {
      switch term {
      case .atom(let atom) where !atom.isNegated:
        for (position, column) in atom.columns.enumerated() where column == .variable(variable) {
          restrict(to: values(at: position, of: atom))
        }
      case .comparison(let comparison) where comparison.binds == variable:
        switch comparison.right {
        case .variable(let other): restrict(to: values(of: other, in: rule))
        case .constant(.string(let name)): restrict(to: [name: comparison.range])
        default: break
        }
      default: break
      }
    }
    return (found ?? [:]).filter { name, _ in
      (rule.location != .variable(variable) || nodes.contains(name)) && rule.allows(name, for: variable)
    }
  }

  private func values(at position: Int, of atom: Atom) -> Strings {
    guard atom.columns.contains(where: { if case .constant = $0 { true } else { false } }),
      isGivenByFacts(atom.relation)
    else { return strings[Column(relation: atom.relation, position: position)] ?? [:] }
    var found: Strings = [:]
    for number in factsOf[atom.relation] {
      let fact = facts[number]
      let agrees = zip(atom.columns, fact.values).allSatisfy { column, value in
        if case .constant(let wanted) = column { wanted == value } else { true }
      }
      if agrees, case .string(let name) = fact.values[position], found[name] == nil {
        found[name] = fact.range
      }
    }
    return found
  }

  /// Whether every row of a relation comes from a fact, at most copied by rules such as `p(X, Y)@next :- p(X,
  /// Y);`.
  private func isGivenByFacts(_ relation: RelationID) -> Bool {
    rulesOf[relation].allSatisfy { id in
      let rule = program.rules[id]
      guard rule.timing == .inductive else { return false }
      return rule.body.contains { term in
        guard case .atom(let atom) = term, !atom.isNegated, atom.relation == relation else { return false }
        return zip(rule.head, atom.columns).allSatisfy { head, column in
          if case .expression(.variable(let variable)) = head { column == .variable(variable) } else { false }
        }
      }
    }
  }
}

extension Rule {
  /// Whether every comparison of `variable` with a constant admits `name`.
  fileprivate func allows(_ name: Text, for variable: VariableID) -> Bool {
    body.allSatisfy { term in
      guard case .comparison(let comparison) = term else { return true }
      switch (comparison.left, comparison.right) {
      case (.variable(variable), .constant(let other)):
        return comparison.comparator.holds(.string(name), other)
      case (.constant(let other), .variable(variable)):
        return comparison.comparator.holds(other, .string(name))
      default: return true
      }
    }
  }
}

private func < (left: (SourceRange, Text), right: (SourceRange, Text)) -> Bool {
  let places = ((left.0.file, left.0.lower), (right.0.file, right.0.lower))
  return places.0 == places.1 ? left.1 < right.1 : places.0 < places.1
}
