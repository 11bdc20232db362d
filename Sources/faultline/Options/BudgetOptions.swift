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
    help: ArgumentHelp(
      "How many nodes may crash. A crash takes all sends of its round; between two sends it is a crash and an "
        + "omission in the round before, which --eff must admit.", valueName: "n"))
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
    parsing: .unconditional,
    help: ArgumentHelp("How often a node may do nothing for a while.", valueName: "n"))
  var pauses: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How often a node may go down and come back with what is durable.", valueName: "n"))
  var restarts: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How often the network may fall apart for a while.", valueName: "n"))
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
    parsing: .unconditional,
    help: ArgumentHelp("The last round in which a node may crash. Default: EOT - 1.", valueName: "n"))
  var lastCrash: String?

  @Option(
    help: ArgumentHelp(
      "Nodes and links on which nothing goes wrong by itself, as in a,b>c.", valueName: "list"))
  var spare: String?

  /// The options that are given.
  var settings: [BudgetSetting] {
    let given = [
      "crashes": crashes, "omissions": omissions, "delays": delays, "duplicates": duplicates,
      "pauses": pauses, "restarts": restarts, "partitions": partitions, "wipes": wipes, "missing": missing,
      "window": window, "late": late, "split": split,
      "last-crash": lastCrash, "spare": spare,
    ]
    return BudgetSetting.names.compactMap { name in
      (given[name] ?? nil).map { BudgetSetting(name, $0) }
    }
  }

  /// Checks what can be checked before the program is read.
  func check() throws {
    _ = try Budgets(settings.filter { $0.name != "spare" }, nodes: Nodes([])) { "--\($0)" }
  }
}
