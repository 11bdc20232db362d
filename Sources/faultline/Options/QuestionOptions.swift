import ArgumentParser
import Properties
import Scenarios

/// What is asked at all bounds: budgets, nodes, specification.
struct QuestionOptions: ParsableArguments {
  @OptionGroup var budgets: BudgetOptions
  @OptionGroup var places: NodeOptions
  @OptionGroup var specification: SpecificationOptions
  @OptionGroup var kind: ModeOption

  /// The inquiry about `eot` rounds that the options describe.
  func inquiry(eot: Int, eff: Int = 0) throws -> Inquiry {
    var inquiry = try places.inquiry(eot: eot, specification)
    try budgets.check()
    inquiry.eff = eff
    inquiry.settings = budgets.settings
    inquiry.mode = kind.mode
    return inquiry
  }

  /// The same with the EFF of `round`; a note says where it has no meaning.
  func inquiry(eot: Int, _ round: EFFOption, _ console: Console) throws -> Inquiry {
    let inquiry = try inquiry(eot: eot, eff: round.value())
    kind.note(on: inquiry, console)
    return inquiry
  }
}

/// Whether only properties of safety or of liveness are asked.
struct ModeOption: ParsableArguments {
  @Option(
    help: """
      Ask for properties of safety only (always, never, stable), with faults up to EOT; or of liveness only (finally, \
      within), with rounds to recover after EFF.
      """)
  var mode: Mode?

  /// Says that the EFF of `inquiry` has no meaning, where that is so.
  func note(on inquiry: Inquiry, _ console: Console) {
    guard mode == .safety, inquiry.eff > 0, inquiry.eff != inquiry.eot else { return }
    console.remark(
      "note: with --mode safety faults may go on to EOT, which is \(inquiry.eot): --eff \(inquiry.eff) is not used\n"
    )
  }
}

extension Mode: ExpressibleByArgument {}

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
