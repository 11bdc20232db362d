import Answers
import Dedalus
import Support
import Synchronization
import Testing

@testable import Workbench

@Suite("Running scenario lines")
struct ScenarioBenchTests {
  private static let lines = """
    //! scenario eot=4 eff=2 nodes=a,b,c expect=counterexample minimum=1 because="nobody repeats it"
    //! scenario eot=4 nodes=a,b,c expect=holds
    //! scenario eot=4 eff=2 nodes=a,b,c expect=holds
    //! scenario eot=4 eff=9 nodes=a,b,c expect=holds
    //! scenario eot=four expect=holds

    """

  private func answers(_ files: [String: String], threads: Int = 1) throws -> [ScenarioAnswer] {
    let folder = try TestFolder(files)
    let bench = ScenarioBench(threads: threads, patience: Patience())
    return try bench.answers(about: bench.subjects(of: files.keys.sorted().map { folder[$0] }))
  }

  @Test("answers each line in order, and says what is not as expected", arguments: [1, 4])
  func order(threads: Int) throws {
    let answers = try answers(["p.ded": Self.lines + UnrepeatedBroadcast.program], threads: threads)
    #expect(answers.map(\.line) == [1, 2, 3, 4, 5])
    #expect(answers.map(\.isAsExpected) == [true, true, false, false, false])
    #expect(answers[2].complaint == "expected holds, found counterexample")
    #expect(answers[3].complaint?.hasPrefix("it does not run: ") == true)
    #expect(answers[4].complaint?.hasPrefix("it does not run: ") == true)
    guard case .refused(let refusal) = answers[3].outcome, case .failure = answers[4].scenario else {
      Issue.record("\(answers[3].outcome)")
      return
    }
    #expect(refusal.place?.line == 4 && refusal.place?.column == 1)
  }

  @Test("keeps of an answer what reports show")
  func findings() throws {
    let answers = try answers(["p.ded": Self.lines + UnrepeatedBroadcast.program])
    guard case .found(let broken, nil) = answers[0].outcome, case .found(let held, nil) = answers[1].outcome
    else {
      Issue.record("\(answers[0].outcome)")
      return
    }
    #expect(
      broken.verdict == .counterexample && broken.isMinimum && broken.violations.rows == [["c", "hello"]])
    #expect(broken.faults?.faults.map { $0.text(broken.bounds.nodes) } == ["omit a b 1"])
    #expect(broken.limit == nil && broken.failure == nil && !broken.isVacuous)
    #expect(held.verdict == .holds && held.faults == nil && !held.isMinimum && held.violations.rows.isEmpty)
  }

  @Test("tells a failure, a bad baseline and a limit apart")
  func otherVerdicts() throws {
    let failing = #"p("a", 0)@1; q(N, 1 / C) :- p(N, C); post(N) :- p(N, _);"#
    let answers = try answers([
      "a.ded": "//! scenario eot=2 eff=1 nodes=a,b expect=error\n" + failing,
      "b.ded": "//! scenario eot=4 nodes=a,b,c outcome=say expect=bad-baseline\n"
        + UnrepeatedBroadcast.program,
    ])
    #expect(answers.map(\.isAsExpected) == [true, true])
    guard case .found(let error, _) = answers[0].outcome, case .found(let empty, _) = answers[1].outcome
    else {
      Issue.record("\(answers[0].outcome)")
      return
    }
    #expect(error.failure?.message == "in round 1, '1 / 0' divides by zero" && error.faults == nil)
    #expect(empty.verdict == .badBaseline && empty.violations.rows.isEmpty && empty.failure == nil)
  }

  @Test("scenarios that an interruption leaves open have no answer", arguments: [0, 1])
  func interrupted(_ answered: Int) throws {
    let folder = try TestFolder(["p.ded": Self.lines + UnrepeatedBroadcast.program])
    let looks = Mutex(0)
    let patience = Patience(isInterrupted: { looks.withLock { $0 } >= answered })
    let bench = ScenarioBench(threads: 1, patience: patience)
    let subjects = bench.subjects(of: [folder["p.ded"]])
    #expect(try bench.answers(about: subjects).isEmpty == (answered == 0))
    looks.withLock { $0 = 2 }
    #expect(try bench.answers(about: subjects).isEmpty)
    #expect(subjects.map(\.scenarioCount).reduce(0, +) > 0)
  }

  @Test("leaves out what has no scenario line, and counts what cannot be read")
  func subjects() throws {
    let folder = try TestFolder([
      "none.ded": UnrepeatedBroadcast.program, "wrong.ded": "//! scenario eot=2 expect=holds\npost(N) :- ;",
    ])
    let bench = ScenarioBench(threads: 2, patience: Patience())
    let subjects = bench.subjects(of: [folder["none.ded"], folder["wrong.ded"], folder["absent.ded"]])
    #expect(subjects.map(\.path) == [folder["wrong.ded"], folder["absent.ded"]])
    #expect(subjects.map(\.paths) == [[folder["wrong.ded"]], []])
    let answers = try bench.answers(about: subjects)
    #expect(answers.map(\.line) == [1, nil] && answers.allSatisfy { !$0.isAsExpected })
  }

  @Test("work is done once each, in order, by any number of threads", arguments: [1, 2, 3, 16, 200])
  func workers(threads: Int) {
    #expect(Workers.map(100, threads: threads) { $0 * $0 } == (0..<100).map { $0 * $0 })
    #expect(Workers.map(0, threads: threads) { $0 }.isEmpty && Workers.map(1, threads: threads) { $0 } == [0])
    #expect((1...8).contains(Workers.standardCount))
  }
}
