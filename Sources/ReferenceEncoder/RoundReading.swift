// What the properties of a program depend on, and which rounds that knows by their numbers.

import Dedalus
import ReferenceEvaluator

struct RoundReading {
  /// The relations by which two rounds are compared. Each has rows that come into a round: as facts, from the
  /// round before, or as messages. And something depends on it: a property, or whether a computation has a
  /// result.
  let compared: Set<Int>
  /// The last round that a fact, a choice, an `@` in a rule or a property names; at least 1.
  let lastRound: Int
  /// Whether numbers that `time` states make a difference.
  let readsTime: Bool
  /// Whether the rounds that `crash` states make a difference.
  let readsCrashRounds: Bool
  /// Whether a durable relation is derived within a round.
  let derivesDurable: Bool

  /// Where no node may crash, a rule that needs a row of `crash` never fires, and nothing depends on what it
  /// reads.
  init(of program: Program, asking specifications: [ReferenceSpecification], whereNodesMayCrash: Bool) {
    let firing = whereNodesMayCrash ? program.rules.elements : program.rulesThatFireWithoutCrashes
    var needed = Set(specifications.flatMap(\.relations))
    if program.rules.contains(where: \.mayFail) || program.hasLargeConstant {
      needed.formUnion(program.rules.filter(\.computes).map(\.headRelation))
    }
    var count: Int
    repeat {
      count = needed.count
      for rule in firing where needed.contains(rule.headRelation) {
        needed.formUnion(rule.atoms.map(\.relation))
      }
    } while needed.count > count
    let rules = firing.filter { needed.contains($0.headRelation) }

    let facts = program.facts.filter { needed.contains($0.relation) }
    let choices = program.choices.filter { needed.contains($0.relation) }
    let timed = rules.filter { $0.timing != .deductive }.map(\.headRelation)
    compared = Set((facts.map(\.relation) + choices.map(\.relation) + timed).map(\.position))

    let named =
      facts.map(\.round) + choices.map(\.rounds.upperBound) + rules.flatMap { $0.atoms.compactMap(\.round) }
    lastRound = (named + specifications.compactMap(\.round)).max() ?? 1

    let asked = specifications.flatMap(\.relations)
    func reads(_ columns: [Int], of relation: RelationID?) -> Bool {
      asked.contains { $0 == relation }
        || rules.contains { rule in
          rule.atoms.contains { $0.relation == relation && rule.tellsApart(columns, of: $0) }
        }
    }
    readsTime = reads([1, 2], of: program.time)
    readsCrashRounds = reads([2], of: program.crash)
    derivesDurable = rules.contains { $0.timing == .deductive && program.durable.contains($0.headRelation) }
  }
}

extension Program {
  /// The rules that need rows only of relations that can have some, where `crash` has none: what facts and
  /// the world give, and what such rules derive.
  fileprivate var rulesThatFireWithoutCrashes: [Rule] {
    let given = facts.map(\.relation) + choices.map(\.relation) + [outage, pause, time].compactMap { $0 }
    var filled = Set(given)
    var count: Int
    repeat {
      count = filled.count
      for rule in rules where rule.needed.isSubset(of: filled) { filled.insert(rule.headRelation) }
    } while filled.count > count
    return rules.filter { $0.needed.isSubset(of: filled) }
  }
}

extension ReferenceSpecification {
  /// The relations that it looks at.
  fileprivate var relations: [RelationID] {
    switch self {
    case .implication(let pre, let post), .molly(let pre, let post), .always(let pre, let post),
      .within(_, let pre, let post):
      [pre, post]
    case .survival(let relation), .never(let relation), .neverMatching(let relation, _, _),
      .stable(let relation):
      [relation]
    }
  }

  /// The round that it names.
  fileprivate var round: Int? {
    if case .neverMatching(_, _, let round) = self { round } else { nil }
  }
}

// MARK: Columns that matter

extension Rule {
  /// The relations of which it needs a row to fire.
  fileprivate var needed: Set<RelationID> {
    Set(body.compactMap { if case .atom(let atom) = $0, !atom.isNegated { atom.relation } else { nil } })
  }

  /// Whether the rule depends on the value in one of `columns` of `atom`. It does not where the column is a
  /// wildcard, or a variable that occurs nowhere else.
  fileprivate func tellsApart(_ columns: [Int], of atom: Atom) -> Bool {
    columns.contains { column in
      switch atom.columns[column] {
      case .wildcard: false
      case .variable(let variable): everyVariable.filter { $0 == variable }.count > 1
      case .constant, .expression: true
      }
    }
  }

  /// The variables of the rule, each as often as it stands in it.
  private var everyVariable: [VariableID] {
    var found: [VariableID] = []
    for column in head {
      switch column {
      case .aggregate(_, let variable): found.append(variable)
      case .expression(let expression): found += expression.everyVariable
      }
    }
    for atom in atoms {
      for column in atom.columns {
        switch column {
        case .variable(let variable): found.append(variable)
        case .expression(let expression): found += expression.everyVariable
        case .constant, .wildcard: break
        }
      }
    }
    for comparison in comparisons {
      found += comparison.left.everyVariable + comparison.right.everyVariable
    }
    return found + counts.map(\.result)
  }

  /// The expressions of the rule.
  private var expressions: [Expression] {
    let inHead = head.compactMap { column -> Expression? in
      if case .expression(let expression) = column { expression } else { nil }
    }
    let inAtoms = atoms.flatMap(\.columns).compactMap { column -> Expression? in
      if case .expression(let expression) = column { expression } else { nil }
    }
    return inHead + inAtoms + comparisons.flatMap { [$0.left, $0.right] }
  }

  private var aggregates: [Aggregate] {
    head.compactMap { if case .aggregate(let aggregate, _) = $0 { aggregate } else { nil } }
  }

  /// Whether it does more than count up and down in small steps.
  fileprivate var mayFail: Bool { aggregates.contains(.sum) || !expressions.allSatisfy(\.isSmallStep) }

  /// Whether it does any arithmetic.
  fileprivate var computes: Bool {
    aggregates.contains(.sum) || aggregates.contains(.average)
      || expressions.contains { if case .binary = $0 { true } else { false } }
  }
}

// MARK: Arithmetic that cannot fail

private let small: ClosedRange<Int64> = -(1 << 28)...(1 << 28)

extension Expression {
  fileprivate var everyVariable: [VariableID] {
    switch self {
    case .constant: []
    case .variable(let variable): [variable]
    case .binary(_, let left, let right): left.everyVariable + right.everyVariable
    }
  }

  /// Whether it is a constant, or a variable plus or minus constants, which are small even together; or the
  /// smaller or larger of two such.
  fileprivate var isSmallStep: Bool {
    if case .binary(.minimum, let left, let right) = self { return left.isSmallStep && right.isSmallStep }
    if case .binary(.maximum, let left, let right) = self { return left.isSmallStep && right.isSmallStep }
    return everyVariable.count <= 1 && (step.map { $0 <= small.upperBound } ?? false)
  }

  /// The sum of the absolute values of its constants; nil where it does more than add and subtract, or where
  /// one is large.
  private var step: Int64? {
    switch self {
    case .variable, .constant(.string): 0
    case .constant(.integer(let value)): small.contains(value) ? abs(value) : nil
    case .binary(.add, let left, let right), .binary(.subtract, let left, let right):
      left.step.flatMap { step in right.step.map { step + $0 } }
    case .binary: nil
    }
  }
}

extension Program {
  /// Whether a fact has a number from which small steps may lead too far.
  fileprivate var hasLargeConstant: Bool {
    (facts.map(\.values) + choices.map(\.values)).joined().contains { value in
      if case .integer(let number) = value { !small.contains(number) } else { false }
    }
  }
}
