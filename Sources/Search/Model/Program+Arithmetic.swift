// A search that looks at tuples cannot see whether a computation fails under some faults: a failed
// computation leaves no tuple. But most programs only count down a clock. Adding or subtracting small
// constants moves a value by at most 2^28, and the budget ends a run after at most 2^33 firings. So no value
// computed in this way comes near 2^63.

import Dedalus

extension Program {
  /// Whether arithmetic may have no result in some run: it does more than count up and down in small steps.
  package var mayFailToCompute: Bool {
    rules.contains { rule in
      rule.head.contains { $0.isRisky } || rule.body.contains { $0.isRisky }
    } || facts.contains { $0.values.contains { $0.isLarge } }
      || choices.contains { $0.values.contains { $0.isLarge } }
  }

  /// The relations whose rows come from arithmetic, where that may have no result in some run: even a clock
  /// may, if it starts from a large number that another rule computes.
  var relationsThatMayFail: Set<RelationID> {
    mayFailToCompute ? Set(rules.lazy.filter(\.computes).map(\.headRelation)) : []
  }
}

extension Rule {
  /// Whether it does any arithmetic.
  fileprivate var computes: Bool {
    func isComputed(_ expression: Expression) -> Bool {
      if case .binary = expression { true } else { false }
    }
    let inHead = head.contains { column in
      switch column {
      case .aggregate(let aggregate, _): aggregate == .sum || aggregate == .average
      case .expression(let expression): isComputed(expression)
      }
    }
    let inAtoms = atoms.flatMap(\.columns).contains { column in
      if case .expression(let expression) = column { isComputed(expression) } else { false }
    }
    return inHead || inAtoms || comparisons.contains { isComputed($0.left) || isComputed($0.right) }
  }
}

extension Constant {
  fileprivate var isLarge: Bool {
    if case .integer(let value) = self { value.magnitude > 1 << 28 } else { false }
  }
}

extension Expression {
  /// Whether it is anything but a constant, or a variable plus or minus constants with a small sum.
  fileprivate var isRisky: Bool {
    if case .binary(.minimum, let left, let right) = self { return left.isRisky || right.isRisky }
    if case .binary(.maximum, let left, let right) = self { return left.isRisky || right.isRisky }
    guard let step else { return true }
    return step > 1 << 28 || variableCount > 1
  }

  /// The sum of the absolute values of its constants; nil where something is multiplied or divided, or the
  /// sum is large.
  private var step: Int? {
    switch self {
    case .constant(.string), .variable: return 0
    case .constant(.integer(let value)): return value.magnitude <= 1 << 28 ? abs(Int(value)) : nil
    case .binary(let operation, let left, let right):
      guard operation == .add || operation == .subtract, let left = left.step, let right = right.step else {
        return nil
      }
      return left + right
    }
  }

  private var variableCount: Int {
    switch self {
    case .constant: 0
    case .variable: 1
    case .binary(_, let left, let right): left.variableCount + right.variableCount
    }
  }
}

extension HeadColumn {
  fileprivate var isRisky: Bool {
    switch self {
    case .aggregate(let aggregate, _): aggregate == .sum
    case .expression(let expression): expression.isRisky
    }
  }
}

extension BodyTerm {
  fileprivate var isRisky: Bool {
    switch self {
    case .atom(let atom):
      atom.columns.contains { if case .expression(let expression) = $0 { expression.isRisky } else { false } }
    case .comparison(let comparison): comparison.left.isRisky || comparison.right.isRisky
    case .count: false
    }
  }
}
