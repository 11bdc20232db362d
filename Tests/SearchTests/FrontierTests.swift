import Answers
import Dedalus
import Evaluation
import Properties
import QuestionSupport
import ReferenceEvaluator
import Scenarios
import Search
import Support
import Testing
import Texts

@Suite("The frontier")
struct FrontierTests {
  @Test("is that of brute force on random protocols, cell by cell")
  func randomProtocols() throws {
    var (compared, broken) = (0, 0)
    for seed in Campaign.seeds(400) {
      let generated = GeneratedProtocol(seed: seed, limit: 200)
      guard let example = try SmallQuestion(generated) else { continue }
      let answer = try frontier(example.question, FrontierShape(showsEveryEFF: seed % 2 == 0))
      let frontier = try #require(answer.frontiers.last)
      let breaking = example.breakingSets()
      #expect(frontier.isComplete)
      compared += 1
      if !breaking.isEmpty { broken += 1 }
      for frontier in answer.frontiers {
        try expect(frontier, toBeThatOf: breaking, "seed \(seed)\n\(generated.source.text)")
      }
      let eff = example.question.bounds.eff
      #expect(answer.frontiers.map(\.eff) == (seed % 2 == 0 ? Array(0...eff) : [eff]))
    }
    #expect(compared >= 300 && broken >= 100, "\(broken) of \(compared)")
  }

  private func expect(_ frontier: Frontier, toBeThatOf breaking: [FaultSet], _ case: String) throws {
    for (crashes, row) in frontier.cells.enumerated() {
      for (column, cell) in row.enumerated() {
        let omissions = column == 4 ? Int.max : column
        let expected = breaking.first { set in
          let losses = set.faults(of: .omission)
          return set.faults(of: .crash).count <= crashes && losses.count <= omissions
            && losses.allSatisfy { $0.round.position < frontier.eff }
        }
        try #require(
          cell.set == expected, "\(`case`), EFF \(frontier.eff), \(crashes) crashes, column \(column)")
      }
    }
  }

  private func table(
    of path: String, _ bounds: (Int, Int, Int), nodes: [Text]? = nil
  ) throws -> Frontier {
    let program = try ProgramLibrary.program(path)
    let bounds = try Bounds(
      eot: bounds.0, eff: bounds.1, crashes: bounds.2, nodes: Nodes(nodes ?? program.defaultNodes))
    return try #require(
      try frontier(Question(program: program, bounds: bounds)).frontiers.first)
  }

  @Test("is as wide as its thresholds")
  func width() throws {
    let kafka = try table(of: "kafka/kafka.ded", (7, 4, 1), nodes: ["a", "b", "c", "C", "Z"])
    #expect(kafka.thresholds == [.unbreakable, .takes(2)])
    #expect(kafka.mostColumns == 2)
    #expect(kafka.cells.map { $0.map(\.set?.count) } == [[nil, nil, nil, nil], [nil, nil, 3, 3]])
    let simple = try table(of: "delivery/simple-deliv.ded", (4, 2, 0))
    #expect(simple.thresholds == [.takes(1)] && simple.cells[0].count == 3)
    let redundant = try table(of: "delivery/redun-deliv.ded", (6, 3, 1))
    #expect(redundant.thresholds == [.unbreakable, .unbreakable])
    #expect(redundant.cells == [[.holds, .holds], [.holds, .holds]])
  }

  @Test("by EFF: 3PC needs a loss in round 3, and without crashes one in round 6 besides")
  func everyEFF() throws {
    let program = try ProgramLibrary.program("commit/3pc.ded")
    let bounds = try Bounds(eot: 9, eff: 7, crashes: 2, nodes: Nodes(program.defaultNodes))
    let frontiers = try frontier(
      Question(program: program, bounds: bounds), FrontierShape(showsEveryEFF: true)
    ).frontiers
    #expect(frontiers.map(\.eff) == Array(0...7))
    let none = Array(repeating: Frontier.Threshold.unbreakable, count: 3)
    let some: [Frontier.Threshold] = [.unbreakable, .takes(1), .takes(1)]
    let last: [Frontier.Threshold] = [.takes(2), .takes(1), .takes(1)]
    #expect(frontiers.map(\.thresholds) == [none, none, none, none, some, some, some, last])
    #expect(Set(frontiers.map(\.mostColumns)) == [2], "all tables are as wide as the widest")
  }

  @Test("shows smaller sets where the budget of the other kind allows them")
  func trade() throws {
    // With crashes, one crash of the sender in round 2 does what six lost retries do.
    let retry = try table(of: "delivery/retry-deliv.ded", (4, 3, 1))
    for (crashes, row) in retry.cells.enumerated() {
      let sizes = row.map { $0.set?.count ?? .max }
      #expect(sizes == sizes.sorted(by: >), "a larger budget never needs more faults: \(crashes)")
    }
    #expect(retry.thresholds[1] == .takes(1))
  }

  @Test("says what is not known when patience ends")
  func impatience() throws {
    let program = try ProgramLibrary.program("delivery/simple-deliv.ded")
    let bounds = try Bounds(eot: 4, eff: 2, crashes: 0, nodes: Nodes(program.defaultNodes))
    let found = try frontier(
      Question(program: program, bounds: bounds), patience: Patience(isInterrupted: { true }))
    #expect(found.answer.verdict == .inconclusive && found.answer.limit == .interrupted)
    #expect(found.frontiers.isEmpty && found.limit == .interrupted)
  }
}

extension Frontier.Cell {
  /// The set that breaks it.
  fileprivate var set: FaultSet? {
    if case .breaks(let set?) = self { set.faults } else { nil }
  }
}
