// Expressions are compiled to postfix: a short list of steps on a stack of 64-bit integers. Nothing wraps
// around and nothing traps: arithmetic without a result throws `ArithmeticFailure`, which ends the run.

import Dedalus
import Indices

/// Names a register of a rule: its variables first, then one for each expression column.
struct Register: DenseIndex {
  let rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }
  init(_ variable: VariableID) { rawValue = variable.rawValue }
}

/// Arithmetic that has no result.
struct ArithmeticFailure: Error, Hashable, Sendable {
  let failure: RunError.Failure
  /// The operation with its values, e.g. `10 / 0`.
  let operation: String
}

/// An arithmetic expression with at least one operator.
struct Computation: Sendable {
  enum Step: Sendable {
    case constant(Int64)
    case register(Register)
    case apply(ArithmeticOperator)
  }

  private(set) var steps: [Step] = []

  init(_ expression: Expression) { append(expression) }

  private mutating func append(_ expression: Expression) {
    switch expression {
    case .constant(.integer(let value)): steps.append(.constant(value))
    case .constant(.string): preconditionFailure("arithmetic is typed: its constants are integers")
    case .variable(let variable): steps.append(.register(Register(variable)))
    case .binary(let operation, let left, let right):
      append(left)
      append(right)
      steps.append(.apply(operation))
    }
  }

  /// The registers that must be bound before it is computed.
  var registers: [Register] {
    steps.compactMap { if case .register(let register) = $0 { register } else { nil } }
  }

  /// The result, computed from `registers`.
  func value(
    _ registers: IndexedArray<Register, Symbol>, _ constants: ConstantPool
  ) throws(ArithmeticFailure) -> Int64 {
    var stack: [Int64] = []
    for step in steps {
      switch step {
      case .constant(let value): stack.append(value)
      case .register(let register): stack.append(constants.integer(registers[register]))
      case .apply(let operation):
        let right = stack.removeLast()
        let left = stack.removeLast()
        stack.append(try operation.apply(left, right))
      }
    }
    return stack[0]
  }
}

extension ArithmeticOperator {
  /// The result for `left` and `right`; nil where there is none, or it does not fit 64 bits.
  public func result(_ left: Int64, _ right: Int64) -> Int64? { try? apply(left, right) }

  /// Applies the operator to `left` and `right`.
  func apply(_ left: Int64, _ right: Int64) throws(ArithmeticFailure) -> Int64 {
    let (value, overflow) =
      switch self {
      case .add: left.addingReportingOverflow(right)
      case .subtract: left.subtractingReportingOverflow(right)
      case .multiply: left.multipliedReportingOverflow(by: right)
      case .divide: left.dividedReportingOverflow(by: right)
      case .remainder: right == 0 ? (0, true) : (right == -1 ? 0 : left % right, false)
      case .minimum: (min(left, right), false)
      case .maximum: (max(left, right), false)
      }
    guard overflow else { return value }
    let isZeroDivision = (self == .divide || self == .remainder) && right == 0
    throw ArithmeticFailure(
      failure: isZeroDivision ? .divisionByZero : .overflow, operation: "\(left) \(rawValue) \(right)")
  }
}
