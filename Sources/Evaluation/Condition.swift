// What a match must pass beside agreeing on its plain columns, in the order in which the language evaluates it:
// the location is a node, then comparisons and expression columns in source order, each as soon as its variables
// are bound. A condition may be tested as soon as its registers are filled, long before the match is complete,
// but for one thing: an error counts only if the match is completed and nothing before the error is false. So
// - a condition is never tested before a fallible one that precedes it, and
// - a fallible one that fails early marks the match as failed from there on: what precedes it in order may still
//   end the match, what follows is skipped, and only a completed match reports the failure.

import Dedalus
import Indices

/// A value used in a rule: what a register holds, a constant, or the result of arithmetic.
enum Operand: Sendable {
  case register(Register)
  case constant(Symbol)
  case computed(Computation)

  init(_ expression: Expression, _ constants: inout ConstantPool) {
    switch expression {
    case .constant(let constant): self = .constant(constants.intern(constant))
    case .variable(let variable): self = .register(Register(variable))
    case .binary: self = .computed(Computation(expression))
    }
  }

  var registers: [Register] {
    switch self {
    case .register(let register): [register]
    case .constant: []
    case .computed(let computation): computation.registers
    }
  }

  var isFallible: Bool {
    if case .computed = self { true } else { false }
  }
}

/// One test or assignment on the way to a complete match.
enum Condition: Sendable {
  /// The register holds the name of a node.
  case isNode(Register)
  /// Two values compare as asked.
  case compare(Comparator, Operand, Operand)
  /// Assigns: `X == …` where no atom binds X, or the value that a negated atom's column looks for.
  case bind(Register, Operand)

  /// What must be bound before.
  var needs: [Register] {
    switch self {
    case .isNode(let register): [register]
    case .compare(_, let left, let right): left.registers + right.registers
    case .bind(_, let operand): operand.registers
    }
  }

  /// What is bound after.
  var binds: Register? {
    if case .bind(let register, _) = self { register } else { nil }
  }

  /// Whether it may end the run.
  var isFallible: Bool {
    switch self {
    case .isNode: false
    case .compare(_, let left, let right): left.isFallible || right.isFallible
    case .bind(_, let operand): operand.isFallible
    }
  }
}
