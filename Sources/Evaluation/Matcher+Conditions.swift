import Dedalus
import Indices

extension Matcher {
  /// Tests the conditions with the given numbers, ascending; false where one is false.
  mutating func passes(_ numbers: [Int], of plan: RulePlan) -> Bool {
    for number in numbers {
      if let failure, failure.condition < number { return true }
      do throws(ArithmeticFailure) {
        guard try test(plan.conditions[number]) else { return false }
      } catch {
        failure = (number, error)
      }
    }
    return true
  }

  private mutating func test(_ condition: Condition) throws(ArithmeticFailure) -> Bool {
    switch condition {
    case .isNode(let register):
      return constants.node(registers[register]) != nil
    case .bind(let register, let operand):
      registers[register] = try symbol(of: operand)
      return true
    case .compare(let comparator, let left, let right):
      let left = try symbol(of: left)
      let right = try symbol(of: right)
      switch comparator {
      case .equal: return left == right
      case .notEqual: return left != right
      default: return comparator.holds(constants[left], constants[right])
      }
    }
  }

  /// The value of `operand` under the registers.
  mutating func symbol(of operand: Operand) throws(ArithmeticFailure) -> Symbol {
    switch operand {
    case .register(let register): return registers[register]
    case .constant(let symbol): return symbol
    case .computed(let computation):
      return constants.intern(.integer(try computation.value(registers, constants)))
    }
  }

  /// Why the match, complete but for this, has no result; nil where all its conditions have.
  public func failure(of plan: RulePlan) -> RunError? {
    failure.map { error($0.reason, in: plan) }
  }

  private func error(_ reason: ArithmeticFailure, in plan: RulePlan) -> RunError {
    RunError(rule: plan.rule, round: round, failure: reason.failure, operation: reason.operation)
  }

  /// The node at which the match fires; nil for a rule with location `_`.
  public func location(of plan: RulePlan) -> NodeID? {
    switch plan.place {
    case .nowhere: nil
    case .node(let node): node
    case .register(let position): constants.node(registers[Register(position)])
    }
  }

  /// Computes `head`, the row that the match derives.
  public mutating func computeHead(of plan: RulePlan) throws(RunError) {
    head.begin(with: plan.derives.rawValue)
    for operand in plan.head {
      do throws(ArithmeticFailure) {
        let value = try symbol(of: operand)
        head.append(value.rawValue)
      } catch {
        throw self.error(error, in: plan)
      }
    }
  }
}
