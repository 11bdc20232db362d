// What is true of the runs of every analysis: of the pieces of numbers that a line of `runs` has, and of what
// they name.

import Foundation
import GRDB

/// The runs of one analysis and the firings that they share, as they stand in the file.
struct StoredRuns {
  /// What is said about a firing.
  private struct Firing {
    let head: Int
    let premises: [Int]
    let isMessage: Bool
  }

  private var firings: [Firing] = []
  private var tupleCount = 0
  /// Of each run, the pieces of its columns.
  private var runs: [[String: [[Int]]]] = []

  private static let losses = ["omitted", "partitioned", "receiver_down", "sender_crashed"]
  private static let columns = ["tuples", "firings"] + losses

  init(of analysis: Int, in database: Database) throws {
    tupleCount =
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM tuples WHERE analysis = ?", arguments: [analysis]) ?? 0
    firings = try Row.fetchAll(
      database, sql: "SELECT * FROM firings WHERE analysis = ? ORDER BY id", arguments: [analysis]
    ).map { row in
      Firing(
        head: row["head"], premises: try Self.array([Int].self, row["premises"]),
        isMessage: row["receiver"] != nil)
    }
    runs = try Row.fetchAll(
      database, sql: "SELECT * FROM runs WHERE analysis = ? ORDER BY id", arguments: [analysis]
    ).map { row in
      try Dictionary(
        uniqueKeysWithValues: Self.columns.map { ($0, try Self.array([[Int]].self, row[$0])) })
    }
  }

  private static func array<Array: Decodable>(_ type: Array.Type, _ text: String) throws -> Array {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }

  /// Everything that is not as it is in every store.
  var flaws: [String] {
    let malformed = runs.enumerated().flatMap { number, run in
      Self.columns.flatMap { column in
        Self.flaws(of: run[column] ?? [], below: column == "tuples" ? tupleCount : firings.count)
          .map { "\(column) of run \(number + 1): \($0)" }
      }
    }
    // What is no piece names nothing.
    guard malformed.isEmpty else { return malformed }
    return runs.enumerated().flatMap { number, run in flaws(of: run).map { "run \(number + 1): \($0)" } }
      + unused
  }

  /// What is wrong with the pieces of a sequence of numbers below `count`.
  private static func flaws(of pieces: [[Int]], below count: Int) -> [String] {
    guard pieces.allSatisfy({ $0.count == 2 && 0 <= $0[0] && $0[0] <= $0[1] && $0[1] < count }) else {
      return ["a piece lies outside of 0..<\(count)"]
    }
    var flaws: [String] = []
    if zip(pieces, pieces.dropFirst()).contains(where: { $0[1] + 1 == $1[0] }) {
      flaws.append("two pieces are one")
    }
    let ascending = pieces.sorted { $0[0] < $1[0] }
    if zip(ascending, ascending.dropFirst()).contains(where: { $0[1] >= $1[0] }) {
      flaws.append("a number stands twice")
    }
    return flaws
  }

  private func numbers(_ column: String, of run: [String: [[Int]]]) -> [Int] {
    (run[column] ?? []).flatMap { Array($0[0]...$0[1]) }
  }

  private func flaws(of run: [String: [[Int]]]) -> [String] {
    let (held, fired) = (Set(numbers("tuples", of: run)), Set(numbers("firings", of: run)))
    let losses = Self.losses.map { numbers($0, of: run) }
    let lost = Set(losses.joined())
    var flaws: [String] = []
    func expect(_ condition: Bool, _ sentence: String) { if !condition { flaws.append(sentence) } }
    expect(losses.allSatisfy { $0 == $0.sorted() }, "lost messages do not ascend")
    expect(lost.count == losses.joined().count, "a message is lost in two ways")
    expect(lost.isSubset(of: fired), "a message is lost that was not sent")
    expect(lost.allSatisfy { firings[$0].isMessage }, "what is lost is no message")
    expect(
      fired.allSatisfy { held.isSuperset(of: firings[$0].premises) }, "a firing rests on what did not hold")
    expect(
      fired.subtracting(lost).allSatisfy { held.contains(firings[$0].head) },
      "a firing that was not lost has no head")
    return flaws
  }

  /// What is shared by the runs is named by one of them.
  private var unused: [String] {
    let fired = Set(runs.flatMap { numbers("firings", of: $0) })
    let held = Set(runs.flatMap { numbers("tuples", of: $0) }).union(fired.map { firings[$0].head })
    return (fired.count == firings.count ? [] : ["a firing is of no run"])
      + (held.count == tupleCount ? [] : ["a tuple is of no run"])
  }
}
