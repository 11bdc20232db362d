import Answers
import ArgumentParser
import Dedalus
import Properties
import Reports
import Scenarios
import Workbench

/// `find`: searches for a run in which a row holds.
struct Find: Verb {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "Searches for a run of fewest faults in which a row holds, or proves that there is none.",
    discussion: """
      The row is written as in a program, with _ for any value: 'leader(_, "b")', or 'leader(_, "b")@4' for one round. \
      The program needs no specification.

      Exit code: 0 found, 1 there is none, 2 wrong input or call, 3 inconclusive.
      """)

  @Argument(help: "The row, as in 'log(_, \"x\")'; with '@3' behind it, in round 3.")
  var row: String
  @OptionGroup var program: ProgramArguments
  @OptionGroup var rounds: RoundOptions
  @OptionGroup var round: EFFOption
  @OptionGroup var budgets: BudgetOptions
  @OptionGroup var places: NodeOptions
  @OptionGroup var kind: ModeOption
  @OptionGroup var search: SearchOptions
  @OptionGroup var limits: PatienceOptions
  @OptionGroup var output: AnswerOptions

  @OptionGroup var shown: ConsoleOptions

  func execute(_ console: Console) throws -> ExitStatus {
    let plan = try search.plan()
    let sought = try RowPattern(row).match
    guard let eot = try rounds.eotValue() else {
      throw Refusal.call(
        "missing-eot", "what is looked for needs a last round", fix: "give it with --eot, as in --eot 6")
    }
    let inquiry = try self.inquiry(sought, eot: eot)
    kind.note(on: inquiry, console)
    let call = SearchCall(program: program, search: search, limits: limits, output: output)
    return try call.answer(inquiry, by: plan, console)
  }

  private func inquiry(_ sought: RowMatch, eot: Int) throws -> Inquiry {
    if let round = sought.round, round > eot {
      throw Refusal.call(
        "bad-row", "'\(row)' is in a round after the last one, \(eot)",
        fix: "raise --eot, or leave '@\(round)' out for any round")
    }
    try budgets.check()
    var inquiry = Inquiry(eot: eot)
    inquiry.eff = try round.value()
    inquiry.settings = budgets.settings
    inquiry.nodes = try places.given()
    inquiry.crashView = places.crashView
    inquiry.sought = sought
    inquiry.mode = kind.mode
    return inquiry
  }
}
