import Dedalus

/// A rule whose constants are numbers.
struct EncodedRule: Sendable {
  /// A column of a body atom; variables are numbered as in the rule.
  enum Column: Sendable {
    case any
    case value(Symbol)
    case variable(Int)
    case computed(Expression)
  }

  /// A body atom.
  struct Pattern: Sendable {
    let relation: Int
    /// The round that it reads; nil for the current one.
    let round: Int?
    let columns: [Column]

    /// The expressions among the columns, with their places.
    var computed: [(place: Int, expression: Expression)] {
      columns.enumerated().compactMap { place, column in
        if case .computed(let expression) = column { (place, expression) } else { nil }
      }
    }
  }

  /// What a rule demands of values.
  enum Test: Sendable {
    /// A comparison.
    case comparison(Comparison)
    /// A variable that nothing else binds gets the value of an expression.
    case binding(Int, Expression)
    /// In the row of the positive atom with this number, this column equals an expression.
    case column(atom: Int, place: Int, Expression)
    /// An expression under a `notin` must have a value.
    case value(Expression)
    /// A variable gets the number of ways in which something holds.
    case count(Counted)
  }

  /// What stands within the braces of a count.
  struct Counted: Sendable {
    let result: Int
    /// The variables that must be bound before.
    let shared: Set<Int>
    let positive: [Pattern]
    let negative: [Pattern]
    let comparisons: [Comparison]
  }

  let rule: Rule
  let head: Int
  let timing: Timing
  let isAggregate: Bool
  let positive: [Pattern]
  let negative: [Pattern]
  /// The tests in the order in which they are made: the next one is always the first, in source order, whose
  /// variables are bound.
  let tests: [Test]

  init(_ rule: Rule, _ encoder: inout Encoder) {
    self.rule = rule
    head = rule.headRelation.position
    timing = rule.timing
    isAggregate = rule.isAggregate
    var (positive, negative): ([Pattern], [Pattern]) = ([], [])
    var tests: [Test] = []
    for term in rule.body {
      switch term {
      case .comparison(let comparison): tests.append(.comparison(comparison))
      case .count(let count): tests.append(.count(Counted(count, &encoder)))
      case .atom(let atom):
        let pattern = Pattern(atom, &encoder)
        tests += pattern.computed.map {
          atom.isNegated
            ? .value($0.expression) : .column(atom: positive.count, place: $0.place, $0.expression)
        }
        if atom.isNegated { negative.append(pattern) } else { positive.append(pattern) }
      }
    }
    (self.positive, self.negative) = (positive, negative)
    self.tests = Self.ordered(
      tests, bound: positive.flatMap(\.variables) + rule.nodeVariables.map(\.position))
  }

  private static func ordered(_ tests: [Test], bound: [Int]) -> [Test] {
    var (bound, waiting, order) = (Set(bound), tests, [Test]())
    while !waiting.isEmpty {
      let next = waiting.firstIndex { $0.reads(unless: bound).isSubset(of: bound) }
      guard let next else { preconditionFailure("a checked rule binds every variable of its tests") }
      let test = waiting.remove(at: next)
      if case .comparison(let comparison) = test, let target = comparison.binds?.position,
        bound.insert(target).inserted
      {
        order.append(.binding(target, comparison.right))
      } else {
        order.append(test)
        if case .count(let count) = test { bound.insert(count.result) }
      }
    }
    return order
  }
}

extension EncodedRule.Counted {
  fileprivate init(_ count: Count, _ encoder: inout Encoder) {
    result = count.result.position
    shared = Set(count.shared.map(\.position))
    var (positive, negative): ([EncodedRule.Pattern], [EncodedRule.Pattern]) = ([], [])
    for atom in count.atoms {
      let pattern = EncodedRule.Pattern(atom, &encoder)
      if atom.isNegated { negative.append(pattern) } else { positive.append(pattern) }
    }
    (self.positive, self.negative) = (positive, negative)
    comparisons = count.comparisons
  }
}

extension EncodedRule.Pattern {
  fileprivate init(_ atom: Atom, _ encoder: inout Encoder) {
    relation = atom.relation.position
    round = atom.round
    var columns: [EncodedRule.Column] = []
    for column in atom.columns {
      switch column {
      case .wildcard: columns.append(.any)
      case .constant(let constant): columns.append(.value(encoder.symbol(of: constant)))
      case .variable(let variable): columns.append(.variable(variable.position))
      case .expression(let expression): columns.append(.computed(expression))
      }
    }
    self.columns = columns
  }

  fileprivate var variables: [Int] {
    columns.compactMap { if case .variable(let variable) = $0 { variable } else { nil } }
  }
}

extension EncodedRule.Test {
  /// The variables that must be bound before the test is made.
  fileprivate func reads(unless bound: Set<Int>) -> Set<Int> {
    switch self {
    case .column(_, _, let expression), .value(let expression), .binding(_, let expression):
      return expression.variables
    case .count(let count): return count.shared
    case .comparison(let comparison):
      if let target = comparison.binds?.position, !bound.contains(target) {
        return comparison.right.variables
      }
      return comparison.left.variables.union(comparison.right.variables)
    }
  }
}

extension Expression {
  fileprivate var variables: Set<Int> {
    switch self {
    case .constant: []
    case .variable(let variable): [variable.position]
    case .binary(_, let left, let right): left.variables.union(right.variables)
    }
  }
}
