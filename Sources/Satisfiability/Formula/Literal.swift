import Indices

/// A propositional variable.
public struct Variable: DenseIndex, BitwiseCopyable {
  /// The number of the variable, from 0.
  public let rawValue: UInt32

  /// The variable with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The literal that is true when the variable is.
  public var positive: Literal { Literal(rawValue: rawValue << 1) }

  /// The literal that is true when the variable is not.
  public var negative: Literal { Literal(rawValue: rawValue << 1 | 1) }
}

/// A variable or its negation, stored as `2 * variable + sign`: a literal and its negation are neighbours,
/// and either can index per-literal data directly.
public struct Literal: DenseIndex, BitwiseCopyable {
  /// Twice the number of the variable, plus 1 when negated.
  public let rawValue: UInt32

  /// The literal with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `variable`, or its negation.
  public init(_ variable: Variable, negated: Bool) {
    self.init(rawValue: variable.rawValue << 1 | (negated ? 1 : 0))
  }

  /// The variable of the literal.
  public var variable: Variable { Variable(rawValue: rawValue >> 1) }

  /// Whether the literal is true when its variable is false.
  public var isNegated: Bool { rawValue & 1 == 1 }

  /// The opposite literal.
  public static prefix func ! (literal: Literal) -> Literal { Literal(rawValue: literal.rawValue ^ 1) }
}

extension Literal: CustomStringConvertible {
  /// The literal as DIMACS writes it: variables count from 1, a minus negates.
  public var dimacs: Int { isNegated ? -(variable.position + 1) : variable.position + 1 }

  /// The literal as DIMACS writes it.
  public var description: String { String(dimacs) }
}
