import Dedalus
import Documents
import Evaluation
import Foundation
import Indices
import Scenarios
import Testing

@testable import LineageViz

@Suite("What the runs of a report share")
struct SharedContentsTests {
  @Test("every run is had back from the shared tables and its ranges", arguments: BrokenProgram.all)
  func roundTrip(broken: BrokenProgram) throws {
    let (answer, counterexample, baseline) = try broken.answer()
    var contents = SharedContents()
    let runs = [baseline, counterexample.execution].map { ($0, contents.enter($0)) }
    let tables = try Tables(contents, answer.question.bounds.nodes)
    for (execution, run) in runs {
      #expect(try tables.tuples(of: run) == execution.tupleTexts)
      #expect(try tables.firings(of: run).sorted() == execution.firingTexts.sorted())
      let lost = execution.messages.filter { $0.fate != .delivered }
      #expect(Set(run.lost.map(\.reason)) == Set(lost.map(\.fate.rawValue)))
      #expect(run.lost.count == lost.count)
    }
  }

  @Test(
    "numbers become ranges",
    arguments: [
      ([], []), ([3], [3, 3]), ([1, 2, 3], [1, 3]), ([5, 1, 2, 9, 8, 1], [1, 2, 5, 5, 8, 9]),
    ] as [([UInt32], [Int])])
  func ranges(numbers: [UInt32], expected: [Int]) {
    #expect(SharedContents.Run.ranges(of: numbers) == expected)
  }

  @Test(
    "a firing tells how late its message comes; one that comes after the end counts as lost",
    arguments: [
      ("omit a b 1", [0, 0, 0, 0, 0, 0], ["omitted"]), ("delay a b 1 2", [0, 0, 0, 0, 0, 2], []),
      ("duplicate a b 1 1", [0, 0, 0, 0, 0, 0, 1], []), ("delay a b 3 1", [0, 0, 0, 0, 0, 0], ["after-end"]),
      ("partition a 2 3", [0, 0, 0, 0, 0, 0], ["partitioned", "partitioned"]),
      ("restart b 3 4", [0, 0, 0, 0, 0, 0], ["receiver-down"]),
    ])
  func lateness(fault: String, expected: [Int], lost: [String]) throws {
    let execution = try MarkedRun.run(fault)
    var contents = SharedContents()
    let run = contents.enter(execution)
    let tables = try Tables(contents, execution.setting.nodes)
    #expect(tables.latenesses == expected)
    #expect(run.lost.map(\.reason) == lost)
    #expect(run.firings.count + run.lost.count == execution.firingIDs.count)
  }

  @Test("a row that stays has no rule")
  func staying() throws {
    let execution = try MarkedRun.run("pause a 1 2")
    var contents = SharedContents()
    let run = contents.enter(execution)
    let firings = try Tables(contents, execution.setting.nodes).firings(of: run)
    #expect(firings.count { $0.hasPrefix("-1: ") } == 2)
  }

  @Test("a tuple is found by what it says")
  func finding() throws {
    let (_, _, baseline) = try BrokenProgram.all[0].answer()
    var contents = SharedContents()
    let run = contents.enter(baseline)
    for tuple in baseline.store.tuples {
      let row = baseline.store.row(of: tuple)
      let number = contents.tuple(
        baseline.store.relation(of: row), baseline.values(of: row), in: baseline.store.round(of: tuple))
      #expect(number == Int(run.tuples[tuple.position]))
    }
    #expect(contents.tuple(RelationID(0), [.string("nobody")], in: Round(1)) == nil)
  }
}

/// The tables as the page reads them.
private struct Tables {
  private let rows: [[Any]]
  private let tuples: [Int]
  private let absences: [[Any]]
  private let firings: [[Int]]

  init(_ contents: SharedContents, _ nodes: Nodes) throws {
    let text = JSON.object(contents.members(nodes: nodes)).scriptText
    let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    rows = try #require(document["rows"] as? [[Any]])
    tuples = try #require(document["tuples"] as? [Int])
    absences = try #require(document["absences"] as? [[Any]])
    firings = try #require(document["firings"] as? [[Int]])
  }

  /// By how many rounds the message of each firing that sends one comes late, ascending.
  var latenesses: [Int] { firings.filter { $0[3] >= 0 }.map { $0[4] }.sorted() }

  func tuples(of run: SharedContents.Run) throws -> [String] {
    try numbers(of: run, "tuples").map(text).sorted()
  }

  func firings(of run: SharedContents.Run) throws -> [String] {
    try numbers(of: run, "firings").map { number in
      let firing = firings[number]
      let premises = firing.dropFirst(5).map { $0 >= 0 ? text(of: $0) : absence(-1 - $0) }
      return "\(firing[0]): \(text(of: firing[1])) <- \(premises.joined(separator: ", "))"
    }
  }

  private func numbers(of run: SharedContents.Run, _ key: String) throws -> [Int] {
    let text = JSON.object(run.members).scriptText
    let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let ranges = try #require(document[key] as? [Int])
    return stride(from: 0, to: ranges.count, by: 2).flatMap { Array(ranges[$0]...ranges[$0 + 1]) }
  }

  private func text(of tuple: Int) -> String {
    let row = rows[tuples[2 * tuple]]
    return "\(row[0])(\(row.dropFirst(2).map { "\($0)" }.joined(separator: ", ")))@\(tuples[2 * tuple + 1])"
  }

  private func absence(_ number: Int) -> String {
    let columns = absences[number].dropFirst(2).map { $0 is NSNull ? "_" : "\($0)" }
    return "no \(absences[number][0])(\(columns.joined(separator: ", ")))@\(absences[number][1])"
  }
}

extension Execution {
  /// Every tuple, as the tables above tell it.
  fileprivate var tupleTexts: [String] { store.tuples.map(text).sorted() }

  /// Every firing that had an effect.
  fileprivate var firingTexts: [String] {
    firingIDs.compactMap { firing in
      guard let head = head(of: firing) else { return nil }
      let premises = premises(of: firing).map { premise in
        switch premise {
        case .tuple(let tuple): text(of: tuple)
        case .absence(let id): text(ofPattern: absence(id))
        }
      }
      let rule = rule(of: firing).map { Int($0.rawValue) } ?? -1
      return "\(rule): \(text(of: head)) <- \(premises.joined(separator: ", "))"
    }
  }

  private func text(of tuple: TupleID) -> String {
    let row = store.row(of: tuple)
    let columns = values(of: row).map(\.description).joined(separator: ", ")
    return "\(store.relation(of: row).rawValue)(\(columns))@\(store.round(of: tuple).rawValue)"
  }

  private func text(ofPattern absence: Absence) -> String {
    let columns = absence.pattern.map { $0?.description ?? "_" }.joined(separator: ", ")
    return "no \(absence.relation.rawValue)(\(columns))@\(absence.round.rawValue)"
  }
}
