import Documents
import QuestionSupport
import Testing

@Suite("The programs and their scenario lines")
struct ProgramLibraryTests {
  @Test("every scenario says why")
  func reasons() throws {
    for scenario in try ProgramLibrary.scenarios.get() {
      #expect(scenario.line.reason?.isEmpty == false, "\(scenario.testDescription)")
    }
  }

  /// What is told of programs that mean what they say would teach readers to pass warnings over.
  @Test("no scenario gives a warning")
  func warnings() throws {
    for scenario in try ProgramLibrary.scenarios.get() {
      let question = try scenario.question
      let bounds = question.bounds
      let warnings = question.program.warnings(about: scenario.line.inquiry, upTo: bounds.eot)
      #expect(warnings.map(\.message) == [], "\(scenario.testDescription)")
      #expect(question.program.warnings.allSatisfy { $0.code != .reservedRelation }, "\(scenario.path)")
    }
  }

  /// Without this, a folder that is not found would make the tests of its scenarios pass.
  @Test("the published verdicts are among them")
  func published() throws {
    let scenarios = try ProgramLibrary.scenarios.get()
    for row in Self.publishedVerdicts {
      let found = scenarios.contains {
        $0.name == row.program && ($0.line.inquiry.eot, $0.line.inquiry.eff, $0.line.crashes) == row.bounds
          && ($0.line.expected == .counterexample) == row.isBroken
      }
      #expect(found, "\(row.program) \(row.bounds)")
    }
  }

  private static let publishedVerdicts: [(program: String, bounds: (Int, Int, Int), isBroken: Bool)] = [
    ("simple-deliv", (6, 3, 0), true), ("simple-deliv", (4, 2, 0), true),
    ("retry-deliv", (6, 3, 0), false), ("retry-deliv", (6, 3, 1), true), ("retry-deliv", (4, 2, 1), true),
    ("classic-deliv", (6, 3, 0), true), ("classic-deliv", (6, 0, 2), false),
    ("classic-deliv", (5, 3, 0), true),
    ("redun-deliv", (6, 3, 0), false), ("redun-deliv", (6, 3, 1), false),
    ("redun-deliv", (11, 10, 1), false),
    ("ack-deliv", (6, 3, 1), false), ("ack-deliv", (8, 7, 1), false),
    ("2pc", (7, 3, 0), false), ("2pc", (6, 3, 1), true), ("2pc", (5, 0, 1), true),
    ("2pc", (6, 0, 1), true), ("2pc", (6, 0, 2), true),
    ("2pc-optimist", (6, 0, 1), true), ("2pc-optimist", (6, 0, 2), true),
    ("2pc-timeout", (6, 0, 1), true), ("2pc-timeout", (6, 0, 2), true),
    ("2pc-timeout-optimist", (6, 0, 1), false), ("2pc-timeout-optimist", (6, 0, 2), false),
    ("2pc-ctp", (6, 0, 1), true), ("2pc-ctp", (6, 0, 2), true), ("2pc-ctp", (8, 0, 1), true),
    ("3pc", (8, 0, 1), false), ("3pc", (9, 7, 1), true),
    ("kafka", (7, 4, 1), true), ("kafka", (7, 4, 0), false), ("kafka", (6, 4, 1), true),
    ("paxos-synod", (7, 6, 1), false), ("bully-le", (10, 9, 1), false), ("flux", (22, 21, 1), false),
  ]
}
