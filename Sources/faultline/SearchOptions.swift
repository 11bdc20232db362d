import ArgumentParser
import FaultInjection

/// How fault sets are searched, and how many are reported.
struct SearchOptions: ParsableArguments {
  @Option(help: "How fault sets are searched.")
  var strategy: Strategy = .circuit

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("For 'random': where its numbers begin. Default: 1.", valueName: "n"))
  var seed: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("For 'random': the most runs. Default: 1000.", valueName: "n")
  )
  var runs: String?

  @Flag(help: "Report every minimal fault set: those that have no smaller breaking set inside.")
  var all = false

  @Option(
    parsing: .unconditional, help: ArgumentHelp("With --all: the most sets to report.", valueName: "n"))
  var limit: String?

  /// What the runs depend on beside question and strategy, as a store keeps it.
  var recorded: String {
    let values = [("seed", seed), ("runs", runs), ("limit", limit)]
    return ((all ? ["all"] : []) + values.compactMap { name, value in value.map { "\(name)=\($0)" } })
      .joined(separator: " ")
  }

  /// The options, once it is seen that they go together.
  func plan() throws -> SearchPlan {
    if strategy != .random, seed != nil || runs != nil {
      throw Refusal.call("bad-strategy", "--seed and --runs need '--strategy random'")
    }
    if all, strategy != .circuit {
      throw Refusal.call("bad-strategy", "--all needs the strategy 'circuit'", fix: "leave --strategy out")
    }
    if limit != nil, !all { throw Refusal.call("bad-limit", "--limit needs --all") }
    let largest = Int(Int32.max)
    switch strategy {
    case .circuit where all:
      return .minimalSets(atMost: try limit.map { try Count.parse($0, "--limit", 1...largest) })
    case .circuit: return .circuit
    case .exhaustive: return .exhaustive
    case .loop: return .loop
    case .random:
      let seed = try Count.parse(self.seed ?? "1", "--seed", 0...Int.max)
      return .random(seed: UInt64(seed), runs: try Count.parse(runs ?? "1000", "--runs", 1...largest))
    }
  }
}

/// A search, ready to be made.
enum SearchPlan: Hashable {
  case circuit
  case minimalSets(atMost: Int?)
  case exhaustive
  case random(seed: UInt64, runs: Int)
  case loop

  var strategy: Strategy {
    switch self {
    case .circuit, .minimalSets: .circuit
    case .exhaustive: .exhaustive
    case .random: .random
    case .loop: .loop
    }
  }

  func answer(to question: Question, patience: Patience) throws -> Answer {
    switch self {
    case .circuit: try FaultInjection.check(question, patience: patience)
    case .minimalSets(let limit): try checkAll(question, atMost: limit ?? .max, patience: patience)
    case .exhaustive: try checkExhaustively(question, patience: patience)
    case .random(let seed, let runs): checkRandomly(question, seed: seed, runs: runs, patience: patience)
    case .loop: checkByLoop(question, patience: patience)
    }
  }
}

extension Strategy: ExpressibleByArgument {}
