import Answers
import ArgumentParser
import Reports
import Workbench

/// How fault sets are searched, and how many are reported.
struct SearchOptions: ParsableArguments {
  @Option(help: "How fault sets are searched.")
  var strategy: Strategy.Name = .circuit

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("For 'random': where its numbers begin. Default: 1.", valueName: "n"))
  var seed: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("For 'random': the most runs. Default: 1000.", valueName: "n")
  )
  var runs: String?

  @Option(
    help:
      "For 'loop': follow premises under 'notin' to their possible causes, or ignore them. Default: reach.")
  var negation: Negation?

  @Flag(
    help: """
      Skip fault sets that equal an earlier one with interchangeable nodes renamed; for --all and for strategies \
      that make a run for each set.
      """)
  var symmetry = false

  @Flag(help: "Report every minimal fault set: those that have no smaller breaking set inside.")
  var all = false

  @Option(
    parsing: .unconditional, help: ArgumentHelp("With --all: the most sets to report.", valueName: "n"))
  var limit: String?

  @Flag(help: "After 'holds': find out whether it holds for every larger EOT, too.")
  var settle = false

  /// The search that the options describe; they must fit together.
  func plan() throws -> SearchPlan {
    if strategy != .random, seed != nil || runs != nil {
      throw Refusal.call("bad-strategy", "--seed and --runs need '--strategy random'")
    }
    if strategy != .loop, negation != nil {
      throw Refusal.call("bad-strategy", "--negation needs '--strategy loop'")
    }
    if symmetry, strategy == .circuit, !all {
      throw Refusal.call(
        "bad-strategy",
        "--symmetry needs --all or another strategy: 'circuit' looks at all fault sets at once",
        fix: "leave --symmetry out")
    }
    if all, strategy != .circuit {
      throw Refusal.call("bad-strategy", "--all needs the strategy 'circuit'", fix: "leave --strategy out")
    }
    if settle, strategy != .circuit {
      throw Refusal.call("bad-strategy", "--settle needs the strategy 'circuit'", fix: "leave --strategy out")
    }
    if limit != nil, !all { throw Refusal.call("bad-limit", "--limit needs --all") }
    let largest = Int(Int32.max)
    switch strategy {
    case .circuit where all:
      return .minimalSets(
        atMost: try limit.map { try Count.parse($0, "--limit", 1...largest) }, usesSymmetry: symmetry)
    case .circuit: return .circuit
    case .exhaustive: return .exhaustive(usesSymmetry: symmetry)
    case .loop: return .loop(negation ?? .reach, usesSymmetry: symmetry)
    case .random:
      let seed = try Count.parse(self.seed ?? "1", "--seed", 0...Int.max)
      return .random(
        seed: UInt64(seed), runs: try Count.parse(runs ?? "1000", "--runs", 1...largest),
        usesSymmetry: symmetry)
    }
  }
}

extension Strategy.Name: ExpressibleByArgument {}

extension Negation: ExpressibleByArgument {}
