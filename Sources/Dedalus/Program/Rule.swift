import Indices

/// Names a relation of a program.
public struct RelationID: DenseIndex {
  /// The number.
  public let rawValue: UInt32
  /// The one numbered `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Names a rule of a program, in source order.
public struct RuleID: DenseIndex {
  /// The number.
  public let rawValue: UInt32
  /// The one numbered `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Names a variable of one rule.
public struct VariableID: DenseIndex {
  /// The number.
  public let rawValue: UInt32
  /// The one numbered `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A relation of a checked program.
public struct Relation: Sendable {
  /// Its name, an identifier.
  public let name: String
  /// The inferred type of each column; nil where nothing in the program tells.
  public let columnTypes: [ColumnType?]
  /// Where the relation is first mentioned; nil for `crash` where the program never does.
  public let range: SourceRange?

  /// The number of columns, at least 1. The first is the location.
  public var arity: Int { columnTypes.count }

  /// A relation with one column per element of `columnTypes`.
  public init(name: String, columnTypes: [ColumnType?], range: SourceRange?) {
    self.name = name
    self.columnTypes = columnTypes
    self.range = range
  }
}

/// When the head of a rule holds, relative to the round in which its body does.
public enum Timing: Hashable, Sendable {
  /// In the same round.
  case deductive
  /// In the next round, at the same place: `@next`.
  case inductive
  /// In the next round, if the message is not lost: `@async`.
  case async
}

/// The node at which a rule fires: the first column of its first body atom.
public enum Location: Hashable, Sendable {
  /// The value of a variable, which must be a node for the rule to fire.
  case variable(VariableID)
  /// A constant, which must be a node for the rule to fire.
  case constant(Constant)
  /// `_`: no condition, no node, never touched by a crash, and every message is delivered.
  case unconstrained
}

/// A rule of a checked program: every head variable is bound and the types agree.
public struct Rule: Sendable {
  /// The relation that the rule derives.
  public let headRelation: RelationID
  /// The columns of the head, as many as the relation has.
  public let head: [HeadColumn]
  /// When the head holds.
  public let timing: Timing
  /// Atoms and comparisons in source order.
  public let body: [BodyTerm]
  /// Where the rule fires.
  public let location: Location
  /// Every variable of the rule. The same name under two `notin`s and nowhere else is two variables.
  public let variables: IndexedArray<VariableID, RuleVariable>
  /// Variables (the location, the destination of a message) that no premise binds: they range over all nodes.
  public let nodeVariables: [VariableID]
  /// From the first byte of the head to the semicolon.
  public let range: SourceRange
  /// The head alone.
  public let headRange: SourceRange

  /// Whether the head holds an aggregate.
  public var isAggregate: Bool {
    head.contains { if case .aggregate = $0 { true } else { false } }
  }

  /// Whether the sender is part of a group beside the columns of the head: a message has one sender, and no node knows
  /// the rows of another.
  public var groupsBySender: Bool {
    guard isAggregate, timing == .async, case .variable = location else { return false }
    return true
  }
}

/// A variable of a rule.
public struct RuleVariable: Sendable {
  /// As written.
  public let name: String
  /// What it ranges over; nil where nothing tells.
  public let type: ColumnType?
}

/// A column of a head.
public indirect enum HeadColumn: Hashable, Sendable {
  /// `count<X>` and its like, over the distinct rows of a group.
  case aggregate(Aggregate, VariableID)
  /// A value; its variables are bound.
  case expression(Expression)
}

/// The aggregates. `average` truncates towards zero.
public enum Aggregate: String, Hashable, Sendable {
  case count, min, max, sum
  case average = "avg"
}

/// A part of a rule's body.
public enum BodyTerm: Sendable {
  case atom(Atom)
  case comparison(Comparison)
}

/// A premise on a relation: some tuple matches, or, negated, none does.
public struct Atom: Sendable {
  /// The relation.
  public let relation: RelationID
  /// As many as the relation has columns.
  public let columns: [AtomColumn]
  /// The round that is read, at least 1; nil for the current one. Before that round the relation reads empty.
  public let round: Int?
  /// Whether the atom stands under `notin`.
  public let isNegated: Bool
  /// From the name (or `notin`) to the closing parenthesis or time.
  public let range: SourceRange
}

/// A column of a body atom.
public indirect enum AtomColumn: Hashable, Sendable {
  /// A positive atom binds the variable or agrees with it. In a negated atom a variable that nothing else binds
  /// is existential: any value, but the same one in each column of this atom where the variable stands.
  case variable(VariableID)
  /// The column equals the constant.
  case constant(Constant)
  /// Any value.
  case wildcard
  /// The column equals the value of an expression with an operator, whose variables other premises bind.
  case expression(Expression)
}

/// A comparison, evaluated as soon as all its variables are bound, in source order.
public struct Comparison: Sendable {
  /// The relation asked for.
  public let comparator: Comparator
  /// The left side.
  public let left: Expression
  /// The right side.
  public let right: Expression
  /// For `X == …` where no atom binds X: X, which the comparison binds to the right side.
  public let binds: VariableID?
  /// Both sides.
  public let range: SourceRange
}

/// The comparison operators.
public enum Comparator: String, Hashable, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// Whether `left` stands in this relation to `right`; integers by value, strings by bytes.
  public func holds(_ left: Constant, _ right: Constant) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

/// A value computed from constants and bound variables.
public indirect enum Expression: Hashable, Sendable {
  case constant(Constant)
  case variable(VariableID)
  case binary(ArithmeticOperator, Expression, Expression)
}

/// The arithmetic operators on 64-bit integers; `divide` truncates towards zero.
public enum ArithmeticOperator: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}
