import ArgumentParser
import Dedalus
import Scenarios
import Workbench

/// The round before which faults that pass are over.
struct EFFOption: ParsableArguments {
  @Option(
    name: [.long, .customShort("f"), .customLong("EFF")], parsing: .unconditional,
    help: ArgumentHelp("Faults that pass are over before this round.", valueName: "n"))
  var eff: String = "0"

  func value() throws -> Int { try Count.parse(eff, "--eff", 0...1_000_000) }
}

/// How many faults of each kind there may be, how far they may go, and what is spared.
struct BudgetOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("c")], parsing: .unconditional,
    help: ArgumentHelp("How many nodes may crash.", valueName: "n"))
  var crashes: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many omissions there may be. Default: any number.", valueName: "n"))
  var omissions: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many messages may come late.", valueName: "n"))
  var delays: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many messages may come twice.", valueName: "n"))
  var duplicates: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How often a node may do nothing for a while.", valueName: "n"))
  var pauses: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How often a node may go down and come back with what is durable.", valueName: "n"))
  var restarts: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How often the network may fall apart for a while.", valueName: "n"))
  var partitions: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How often a node may go down and come back with nothing.", valueName: "n"))
  var wipes: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many facts declared as 'configuration' may be missing.", valueName: "n"))
  var missing: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The most rounds of a pause, a restart, a wipe or a partition. Default: 2.", valueName: "n"))
  var window: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The most rounds by which a message comes late. Default: 2.", valueName: "n"))
  var late: String?

  @Option(help: ArgumentHelp("The sides of partitions: any, one, half. Default: any.", valueName: "sides"))
  var split: String?

  @Option(
    help: ArgumentHelp(
      "Nodes and links on which nothing goes wrong by itself, as in a,b>c.", valueName: "list"))
  var spare: String?

  /// Whether no option is given.
  var areUsual: Bool { settings.isEmpty }

  private var settings: [BudgetSetting] {
    let given = [
      "crashes": crashes, "omissions": omissions, "delays": delays, "duplicates": duplicates,
      "pauses": pauses, "restarts": restarts, "partitions": partitions, "wipes": wipes, "missing": missing,
      "window": window, "late": late, "split": split, "spare": spare,
    ]
    return BudgetSetting.names.compactMap { name in
      (given[name] ?? nil).map { BudgetSetting(name, $0) }
    }
  }

  /// The budgets for an analysis of `nodes`.
  func budgets(_ nodes: Nodes) throws -> Budgets {
    try Budgets(settings, nodes: nodes) { "--\($0)" }
  }
}

/// The bounds of a question, but for the last round.
struct FaultBudgetOptions: ParsableArguments {
  @OptionGroup var round: EFFOption
  @OptionGroup var counts: BudgetOptions

  /// Reads what can be read before the program is.
  func check() throws {
    _ = try round.value()
    var numbers = counts
    numbers.spare = nil
    _ = try numbers.budgets(Nodes([]))
  }

  /// The bounds with `eot` rounds of an analysis of `program` on `nodes`.
  func bounds(eot: Int, _ program: Program, _ nodes: Nodes) throws -> Bounds {
    let bounds = try Bounds(
      eot: eot, eff: round.value(), budgets: counts.budgets(nodes), nodes: nodes,
      facts: program.configuredFacts)
    try bounds.checkEFF()
    return bounds
  }
}
