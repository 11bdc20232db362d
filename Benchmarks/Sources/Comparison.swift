// What `make compare` prints: every row of the published tables, with our figures beside the published ones,
// as Markdown. Times are CPU times of this process; what was published is wall-clock time.

import Answers
import Baselines
import BigInt
import Dedalus
import Evaluation
import Properties
import Search

struct Comparison {
  /// How long one search by the loop may take.
  private static let patience = Patience(time: .seconds(60))
  private static let randomSeeds: ClosedRange<UInt64> = 1...25
  private static let mostRandomRuns = 100_000

  /// What a search cost.
  private struct Effort {
    let answer: Answer
    let seconds: Double

    init(_ search: () throws -> Answer) rethrows {
      let start = processSeconds()
      answer = try search()
      seconds = processSeconds() - start
    }

    /// Executions, marked where the search found or proved nothing.
    var runs: String {
      let mark =
        switch answer.verdict {
        case .counterexample: "found"
        case .holds: "proved"
        default: answer.limit == .time ? "time is up" : "nothing"
        }
      return "\(answer.cost[.executions]) \(mark)"
    }
  }

  static func printTables() throws {
    print("Until the first counterexample (Figure 12); 'loop' with negation ignored and followed\n")
    print(
      "| program | combinations | Molly exe, s | loop, ignored: exe, s | loop, followed: exe, s "
        + "| random published exe, s | random exe, s | circuit ms | gates | CNF | faster |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    var slowest = 0.0
    for row in PublishedRow.buggy { slowest = max(slowest, try printRow(row)) }
    print("\nCorrect programs (Figure 13)\n")
    print(
      "| program | combinations | Molly exe | loop, ignored: exe, s | loop, followed: exe, s "
        + "| circuit ms | gates | CNF |")
    print("|---|---|---|---|---|---|---|---|")
    for row in PublishedRow.correct { slowest = max(slowest, try printRow(row)) }
    print("\nThe slowest row takes the circuit \(right(slowest * 1e3, 0)) ms of CPU.")
  }

  /// Prints a row; the seconds that the circuit takes.
  private static func printRow(_ row: PublishedRow) throws -> Double {
    let question = try row.question()
    let combinations = question.bounds.faultSpace.published
    var cells = [
      "\(row.name) \(row.eot),\(row.eff),\(row.crashes)",
      combinations + (combinations == row.combinations ? "" : " (published: \(row.combinations))"),
      "\(row.molly.runs)" + (row.molly.seconds.map { ", \($0)" } ?? ""),
    ]
    for negation in [Negation.ignore, .reach] {
      let loop = try Effort { try checkByLoop(question, negation: negation, patience: patience) }
      cells.append("\(loop.runs), \(right(loop.seconds, 0, digits: 3))")
    }
    if let random = row.random {
      cells += ["\(random.runs), \(random.seconds)", randomCell(question)]
    }
    let circuit = try Effort { try check(question) }
    let seconds = secondsPerCall { _ = try? check(question) }
    let cost = circuit.answer.cost
    cells += [
      right(seconds * 1e3, 0, digits: 2), "\(cost[.gates])", "\(cost[.variables]) / \(cost[.clauses])",
    ]
    if let published = row.molly.seconds { cells.append("\(Int(published / seconds)) times") }
    print("| " + cells.joined(separator: " | ") + " |")
    return seconds
  }

  /// The mean of the searches with the seeds; those that found nothing count with all their runs, and are
  /// told.
  private static func randomCell(_ question: Question) -> String {
    var (runs, missed) = (0, 0)
    let start = processSeconds()
    for seed in randomSeeds {
      let answer = checkRandomly(question, seed: seed, runs: mostRandomRuns)
      runs += answer.cost[.executions]
      if answer.verdict != .counterexample { missed += 1 }
    }
    let count = Double(randomSeeds.count)
    let seconds = (processSeconds() - start) / count
    return "\(right(Double(runs) / count, 0, digits: 2)), \(right(seconds, 0, digits: 3))"
      + (missed > 0 ? " (\(missed) found nothing)" : "")
  }
}
