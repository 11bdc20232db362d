import Dedalus
import Evaluation
import FaultInjection
import ReferenceEvaluator
import Support
import Testing

@Suite("The frontier")
struct FrontierTests {
  @Test("is that of brute force on random protocols, cell by cell")
  func randomProtocols() throws {
    var (compared, broken) = (0, 0)
    for seed in Campaign.seeds(400) {
      let generated = GeneratedProtocol(seed: seed, limit: 200)
      guard let example = try SmallQuestion(generated) else { continue }
      let frontier = try #require(try frontier(example.question, omissions: 3).frontier)
      let breaking = example.breakingSets()
      #expect(frontier.isComplete)
      compared += 1
      if !breaking.isEmpty { broken += 1 }
      for crashes in 0...example.question.bounds.crashes {
        for column in 0...4 {
          let omissions = column == 4 ? Int.max : column
          let expected = breaking.first {
            $0.crashes.count <= crashes && $0.count - $0.crashes.count <= omissions
          }
          try #require(
            frontier.cells[crashes][column].set == expected,
            "seed \(seed), \(crashes) crashes, column \(column)\n\(generated.source.text)")
        }
      }
    }
    #expect(compared >= 300 && broken >= 100, "\(broken) of \(compared)")
  }

  private func table(
    of path: String, _ bounds: (Int, Int, Int), nodes: [Text]? = nil, omissions: Int? = nil
  ) throws -> Frontier {
    let program = try ProgramLibrary.program(path)
    let bounds = try Bounds(
      eot: bounds.0, eff: bounds.1, crashes: bounds.2, nodes: Nodes(nodes ?? program.defaultNodes))
    return try #require(
      try FaultInjection.frontier(Question(program: program, bounds: bounds), omissions: omissions).frontier)
  }

  @Test("is as wide as its thresholds")
  func width() throws {
    let kafka = try table(of: "kafka/kafka.ded", (7, 4, 1), nodes: ["a", "b", "c", "C", "Z"])
    #expect(kafka.thresholds == [.unbreakable, .omissions(2)])
    #expect(kafka.mostOmissions == 2)
    #expect(kafka.cells.map { $0.map(\.set?.count) } == [[nil, nil, nil, nil], [nil, nil, 3, 3]])
    let simple = try table(of: "delivery/simple-deliv.ded", (4, 2, 0))
    #expect(simple.thresholds == [.omissions(1)] && simple.cells[0].count == 3)
    let redundant = try table(of: "delivery/redun-deliv.ded", (6, 3, 1))
    #expect(redundant.thresholds == [.unbreakable, .unbreakable])
    #expect(redundant.cells == [[.holds, .holds], [.holds, .holds]])
  }

  @Test("shows smaller sets where the budget of the other kind allows them")
  func trade() throws {
    // With crashes, one crash of the sender in round 2 does what six lost retries do.
    let retry = try table(of: "delivery/retry-deliv.ded", (4, 3, 1))
    for (crashes, row) in retry.cells.enumerated() {
      let sizes = row.map { $0.set?.count ?? .max }
      #expect(sizes == sizes.sorted(by: >), "a larger budget never needs more faults: \(crashes)")
    }
    #expect(retry.thresholds[1] == .omissions(1))
  }

  @Test("says what is not known when patience ends")
  func impatience() throws {
    let program = try ProgramLibrary.program("delivery/simple-deliv.ded")
    let bounds = try Bounds(eot: 4, eff: 2, crashes: 0, nodes: Nodes(program.defaultNodes))
    let answer = try FaultInjection.frontier(
      Question(program: program, bounds: bounds), patience: Patience(isInterrupted: { true }))
    #expect(answer.verdict == .inconclusive && answer.limit == .interrupted && answer.frontier == nil)
  }
}

extension Frontier.Cell {
  /// The set that breaks it.
  fileprivate var set: FaultSet? {
    if case .breaks(let set?) = self { set.faults } else { nil }
  }
}
