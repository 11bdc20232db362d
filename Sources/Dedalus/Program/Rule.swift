import Indices

/// Names a relation of a program.
public struct RelationID: DenseIndex {
  /// The index of the relation in `Program.relations`.
  public let rawValue: UInt32
  /// The relation with this index.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Names a rule of a program, in source order.
public struct RuleID: DenseIndex {
  /// The index of the rule in `Program.rules`.
  public let rawValue: UInt32
  /// The rule with this index.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Names a variable of one rule.
public struct VariableID: DenseIndex {
  /// The index of the variable in `Rule.variables`.
  public let rawValue: UInt32
  /// The variable with this index.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A relation of a checked program.
public struct Relation: Sendable {
  /// The relation's name, an identifier.
  public let name: String
  /// The inferred type of each column; nil where the program does not determine it.
  public let columnTypes: [ColumnType?]
  /// The first mention of the relation; nil for `crash` where the program does not mention it.
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

/// When the head of a rule holds, relative to the round of the body.
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
  /// The value of a variable; the rule fires only if it is a node.
  case variable(VariableID)
  /// A constant; the rule fires only if it is a node.
  case constant(Constant)
  /// `_`: the rule fires under no condition and at no node; a crash never affects it, and all its messages
  /// arrive.
  case unconstrained
}

/// A rule of a checked program: every head variable is bound and the types agree.
public struct Rule: Sendable {
  /// The relation that the rule derives.
  public let headRelation: RelationID
  /// The columns of the head, one for each column of the relation.
  public let head: [HeadColumn]
  /// When the head holds, relative to the body.
  public let timing: Timing
  /// The atoms, counts and comparisons in source order; a count stands before the term that computes with
  /// it, those of the head last.
  public let body: [BodyTerm]
  /// The node at which the rule fires.
  public let location: Location
  /// Every variable of the rule. A name that occurs under two `notin`s and nowhere else is two variables.
  public let variables: IndexedArray<VariableID, RuleVariable>
  /// Variables (the location, the destination of a message) that no premise binds: they range over all nodes.
  public let nodeVariables: [VariableID]
  /// From the first byte of the head through the semicolon.
  public let range: SourceRange
  /// The range of the head.
  public let headRange: SourceRange

  /// The atom whose first column says where the rule fires.
  public var firstAtom: Atom? {
    for case .atom(let atom) in body { return atom }
    return nil
  }

  /// Every atom that the body reads, those within the braces of counts included.
  public var atoms: [Atom] {
    body.flatMap { term -> [Atom] in
      switch term {
      case .atom(let atom): [atom]
      case .comparison: []
      case .count(let count): count.atoms
      }
    }
  }

  /// The counts of the body.
  public var counts: [Count] { body.compactMap { if case .count(let count) = $0 { count } else { nil } } }

  /// Every comparison of the body, those within the braces of counts included.
  public var comparisons: [Comparison] {
    body.flatMap { term -> [Comparison] in
      switch term {
      case .atom: []
      case .comparison(let comparison): [comparison]
      case .count(let count): count.comparisons
      }
    }
  }

  /// Whether the head contains an aggregate.
  public var isAggregate: Bool {
    head.contains { if case .aggregate = $0 { true } else { false } }
  }

  /// Whether the sender, in addition to the columns of the head, determines a group: a message has one
  /// sender, and no node knows the rows of another.
  public var groupsBySender: Bool {
    guard isAggregate, timing == .async, case .variable = location else { return false }
    return true
  }
}

/// A variable of a rule.
public struct RuleVariable: Sendable {
  /// The name in the source; `count` for the result of a count.
  public let name: String
  /// The type of its values; nil where the program does not determine it.
  public let type: ColumnType?
}

/// A column of a head.
public indirect enum HeadColumn: Hashable, Sendable {
  /// `count<X>` and the other aggregates, over the distinct rows of a group.
  case aggregate(Aggregate, VariableID)
  /// A value whose variables are bound.
  case expression(Expression)
}

/// An aggregate function. `average` truncates towards zero.
public enum Aggregate: String, Hashable, Sendable {
  case count, min, max, sum
  case average = "avg"
}

/// A part of a rule's body.
public enum BodyTerm: Sendable {
  case atom(Atom)
  case comparison(Comparison)
  case count(Count)
}

/// `count { … }`: binds a variable, which no text names, to the number of ways in which everything within the
/// braces holds, 0 where there is none. A way takes one row for each positive atom; so with one atom the rows
/// are counted, and otherwise the distinct values of the variables and wildcards of the positive atoms.
///
/// It is evaluated like a comparison: as soon as the variables that it shares with the rest of the rule are
/// bound, in source order. Nothing within the braces can fail to compute.
public struct Count: Sendable {
  /// The variable that holds the number.
  public let result: VariableID
  /// The atoms within the braces in source order, at least one of them positive; no column is an expression.
  public let atoms: [Atom]
  /// The comparisons within the braces in source order; each side is a variable or a constant, and none
  /// binds.
  public let comparisons: [Comparison]
  /// The variables that occur only within the braces. Positive atoms bind them; those that none binds are
  /// existential in their negated atom.
  public let locals: Set<VariableID>
  /// From the word through the closing brace.
  public let range: SourceRange

  /// The variables that the rest of the rule binds, ascending.
  public var shared: [VariableID] {
    var found: Set<VariableID> = []
    for case .variable(let variable) in atoms.flatMap(\.columns) { found.insert(variable) }
    for side in comparisons.flatMap({ [$0.left, $0.right] }) {
      if case .variable(let variable) = side { found.insert(variable) }
    }
    return found.subtracting(locals).sorted()
  }
}

/// A premise on a relation: some tuple matches; if negated, no tuple matches.
public struct Atom: Sendable {
  /// The relation that is read.
  public let relation: RelationID
  /// A column for each column of the relation.
  public let columns: [AtomColumn]
  /// The round that is read, at least 1; nil for the current one. Before that round, the relation reads as
  /// empty.
  public let round: Int?
  /// Whether the atom is under `notin`.
  public let isNegated: Bool
  /// From the name (or `notin`) through the closing parenthesis or the time.
  public let range: SourceRange
}

/// A column of a body atom.
public indirect enum AtomColumn: Hashable, Sendable {
  /// A positive atom binds the variable or agrees with it. In a negated atom, a variable that nothing else
  /// binds is existential: it stands for any value, but the same one in each of its columns in this atom.
  case variable(VariableID)
  /// The column equals the constant.
  case constant(Constant)
  /// Any value matches.
  case wildcard
  /// The column equals the value of an expression with an operator; other premises bind its variables.
  case expression(Expression)
}

/// A comparison, evaluated as soon as all its variables are bound, in source order.
public struct Comparison: Sendable {
  /// The comparison operator.
  public let comparator: Comparator
  /// The left operand.
  public let left: Expression
  /// The right operand.
  public let right: Expression
  /// For `X == …` where no atom binds X: the variable X, to which the comparison assigns the right operand.
  public let binds: VariableID?
  /// The range of both sides.
  public let range: SourceRange
}

/// A comparison operator.
public enum Comparator: String, Hashable, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// Whether `left` and `right` compare in this way; integers by value, strings by bytes.
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

/// An arithmetic operator on 64-bit integers; `divide` truncates towards zero, and `remainder` is what it
/// leaves, with the sign of the left operand.
public enum ArithmeticOperator: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  /// The smaller and the larger of two, written `min(A, B)` and `max(A, B)`.
  case minimum = "min"
  case maximum = "max"
}
