import ArgumentParser
import Properties
import Scenarios

/// What is asked at all bounds: budgets, nodes, specification.
struct QuestionOptions: ParsableArguments {
  @OptionGroup var budgets: BudgetOptions
  @OptionGroup var places: NodeOptions
  @OptionGroup var specification: SpecificationOptions

  /// The inquiry about `eot` rounds that the options describe.
  func inquiry(eot: Int, eff: Int = 0) throws -> Inquiry {
    var inquiry = try places.inquiry(eot: eot, specification)
    try budgets.check()
    inquiry.eff = eff
    inquiry.settings = budgets.settings
    return inquiry
  }
}

extension NodeOptions {
  /// The inquiry about runs of `eot` rounds on these nodes.
  func inquiry(eot: Int, _ specification: SpecificationOptions) throws -> Inquiry {
    var inquiry = Inquiry(eot: eot)
    inquiry.nodes = try given()
    inquiry.crashView = crashView
    inquiry.oracle = specification.oracle
    inquiry.name(outcome: specification.outcome)
    inquiry.properties = specification.properties
    return inquiry
  }
}
