import Dedalus
import Evaluation
import Properties
import Scenarios

/// One run under given faults and inputs, and what it shows about the specification.
package struct Trial {
  package let question: Question?
  package let execution: Execution
  /// The run without faults under the same inputs, where the specification compares with it.
  package let baseline: Execution?
  /// What is violated, sorted by rows; empty where there is no specification.
  package let violations: [Violation]

  /// Runs `program` as `inquiry` says. Without a specification nothing can be violated.
  package init(_ program: Program, _ inquiry: Inquiry, _ scenario: Scenario, budget: Budget) throws {
    let setting = inquiry.setting(program)
    _ = try inquiry.bounds(program)
    let question = inquiry.hasSpecification(in: program) ? try inquiry.question(about: program) : nil
    self.init(
      CompiledProgram(program, nodes: setting.nodes), setting, question: question, scenario,
      budget: budget)
  }

  /// Runs a program that is already compiled.
  package init(
    _ compiled: CompiledProgram, _ setting: Setting, question: Question?, _ scenario: Scenario,
    budget: Budget
  ) {
    self.init(
      compiled.run(setting, under: scenario, budget: budget), question: question,
      baseline: compiled.run(setting, under: scenario.withoutFaults, budget: budget))
  }

  /// Judges `execution` by the specification of `question`; `baseline` is only called where the specification
  /// compares with it.
  package init(
    _ execution: Execution, question: Question?, baseline: @autoclosure () throws -> Execution
  ) rethrows {
    self.question = question
    self.execution = execution
    guard let question, execution.ending == .complete else {
      (self.baseline, violations) = (nil, [])
      return
    }
    let needsBaseline = question.comparesWithBaseline
    self.baseline = needsBaseline && execution.faults.count > 0 ? try baseline() : nil
    violations = question.violations(in: execution, baseline: self.baseline)
  }

  /// Why the run failed; nil where it did not fail.
  package var failure: RunFailure? {
    guard case .failed(let error) = execution.ending else { return nil }
    return RunFailure(
      program: execution.program, nodes: execution.setting.nodes, error: error, execution.scenario)
  }
}
