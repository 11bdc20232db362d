// What a match must pass in addition to agreeing on its plain columns, in the order in which the language
// evaluates it: the location is a node, then comparisons and expression columns in source order, each as soon
// as its variables are bound. A condition may be tested as soon as its registers are filled, long before the
// match is complete, with one exception: an error counts only if the match is completed and nothing before
// the error is false. So
// - a condition is never tested before a fallible one that precedes it, and
// - a fallible one that fails early marks the match as failed from there on: what precedes it in order may
//   still end the match, what follows is skipped, and only a completed match reports the failure.

import Dedalus

/// A value used in a rule.
enum Operand: Sendable {
  /// The value of the register.
  case register(Register)
  case constant(Symbol)
  /// The result of the plan's computation with this number.
  case computed(Int)

  var isFallible: Bool {
    if case .computed = self { true } else { false }
  }
}

/// One test or assignment on the way to a complete match.
enum Condition: Sendable {
  /// The register holds the name of a node.
  case isNode(Register)
  /// The two values compare as the comparator says.
  case compare(Comparator, Operand, Operand)
  /// Assigns a register: for `X == …` where no atom binds X, or for the value that a negated atom's column
  /// looks for.
  case bind(Register, Operand)
  /// Assigns a register the number of ways in which the plan's count with this number holds. It is a step of
  /// every join, after all atoms, since in all runs at once there are many such numbers.
  case count(Int, Register)

  /// The register that the condition binds.
  var binds: Register? {
    switch self {
    case .bind(let register, _), .count(_, let register): register
    case .isNode, .compare: nil
    }
  }

  /// Whether the condition may end the run.
  var isFallible: Bool {
    switch self {
    case .isNode, .count: false
    case .compare(_, let left, let right): left.isFallible || right.isFallible
    case .bind(_, let operand): operand.isFallible
    }
  }
}

extension PlanTables {
  /// The registers that must be bound before `condition` can be tested.
  func needs(of condition: Condition) -> [Register] {
    switch condition {
    case .isNode(let register): [register]
    case .compare(_, let left, let right): registers(of: left) + registers(of: right)
    case .bind(_, let operand): registers(of: operand)
    case .count(let number, _): counts[number].shared
    }
  }

  private func registers(of operand: Operand) -> [Register] {
    switch operand {
    case .register(let register): [register]
    case .constant: []
    case .computed(let number): computations[number].registers
    }
  }
}
