import Dedalus
import Indices
import Scenarios

extension Matcher {
  /// Tests the conditions whose numbers, ascending, are in `stretch`; false where one is false.
  mutating func passes(_ stretch: Range<Int>, of plan: RulePlan) -> Bool {
    for position in stretch {
      let number = plan.tables.conditionNumbers[position]
      if let failedCondition, failedCondition < number { return true }
      do throws(ArithmeticFailure) {
        guard try test(number, of: plan) else { return false }
      } catch {
        failedCondition = number
        failures[number] = error
      }
    }
    return true
  }

  private mutating func test(_ number: Int, of plan: RulePlan) throws(ArithmeticFailure) -> Bool {
    switch plan.tables.conditions[number] {
    case .isNode(let register):
      return constants.node(registers[register]) != nil
    case .bind(let register, let operand):
      registers[register] = try symbol(of: operand, in: plan)
      return true
    case .count: preconditionFailure("a count is a step of the join")
    case .compare(let comparator, let left, let right):
      let left = try symbol(of: left, in: plan)
      let right = try symbol(of: right, in: plan)
      switch comparator {
      case .equal: return left == right
      case .notEqual: return left != right
      default: return comparator.holds(constants[left], constants[right])
      }
    }
  }

  /// The value of `operand` under the registers.
  mutating func symbol(of operand: Operand, in plan: RulePlan) throws(ArithmeticFailure) -> Symbol {
    switch operand {
    case .register(let register): return registers[register]
    case .constant(let symbol): return symbol
    case .computed(let number):
      return constants.intern(.integer(try plan.tables.computations[number].value(registers, constants)))
    }
  }

  /// The first error of a match that is otherwise complete; nil where all its conditions have a result.
  public mutating func failure(of plan: RulePlan) -> RunError? {
    guard let failedCondition, let reason = failures[failedCondition] else { return nil }
    return error(reason, in: plan)
  }

  private func error(_ reason: ArithmeticFailure, in plan: RulePlan) -> RunError {
    RunError(rule: plan.rule, round: round, failure: reason.failure, operation: reason.operation)
  }

  /// The node at which the match fires; nil for a rule with location `_`.
  public mutating func location(of plan: RulePlan) -> NodeID? {
    switch plan.place {
    case .nowhere: nil
    case .node(let node): node
    case .variable(let variable): constants.node(registers[Register(variable)])
    }
  }

  /// Computes `head`, the row that the match derives.
  public mutating func computeHead(of plan: RulePlan) throws(RunError) {
    head.begin(with: plan.derives.rawValue)
    for position in plan.tables.head.indices {
      do throws(ArithmeticFailure) {
        let value = try symbol(of: plan.tables.head[position], in: plan)
        head.append(value.rawValue)
      } catch {
        throw self.error(error, in: plan)
      }
    }
  }
}
