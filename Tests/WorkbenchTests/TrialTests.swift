import Dedalus
import Evaluation
import Properties
import Scenarios
import Support
import Testing

@testable import Workbench

@Suite("Trials")
struct TrialTests {
  private func trial(
    _ text: String, _ faults: [String] = [], eot: Int = 4, outcome: String? = nil, budget: Budget = .standard
  ) throws -> Trial {
    let nodes = Nodes(["a", "b", "c"])
    var inquiry = Inquiry(eot: eot)
    inquiry.nodes = nodes
    inquiry.name(outcome: outcome)
    let set = FaultSet(try faults.map { try Fault($0, nodes: nodes) })
    return try Trial(Program(text: text), inquiry, Scenario(set), budget: budget)
  }

  @Test(
    "show what a run under faults violates",
    arguments: [
      ([], []), (["omit a b 1"], [["c", "hello"]]), (["omit a c 1"], [["b", "hello"]]),
      (["omit a b 1", "omit a c 1"], []), (["crash a 1"], []), (["crash a 2"], []), (["omit b c 2"], []),
    ] as [([String], [[Constant]])])
  func violations(faults: [String], rows: [[Constant]]) throws {
    let trial = try trial(UnrepeatedBroadcast.program, faults)
    #expect(trial.violations.rows == rows && trial.failure == nil)
    #expect(trial.baseline == nil, "an implication needs no other run")
  }

  @Test("compare with the run without faults where the outcome has no premise")
  func survival() throws {
    let lost = try trial(UnrepeatedBroadcast.program, ["omit a b 1"], outcome: "log")
    #expect(lost.baseline?.faults == FaultSet.none && lost.violations.rows == [["b", "hello"]])
    let plain = try trial(UnrepeatedBroadcast.program, outcome: "log")
    #expect(plain.baseline == nil && plain.violations.isEmpty)
  }

  @Test("without a specification nothing is violated, unless an outcome is named")
  func noSpecification() throws {
    let text = #"p("a", 1)@1; m("b", X)@async :- p("a", X); m(N, X)@next :- m(N, X);"#
    let silent = try trial(text, ["omit a b 1"])
    #expect(silent.question == nil && silent.violations.isEmpty)
    #expect(try trial(text, ["omit a b 1"], outcome: "m").violations.rows == [["b", 1]])
    #expect(throws: InvalidQuestion.self) { try trial(text, outcome: "q") }
  }

  @Test("that fail say what fails, and where")
  func failure() throws {
    let text = #"p("a", 3)@1; p(N, X - 1)@next :- p(N, X); q(N, 6 / X) :- p(N, X); post(N) :- p(N, _);"#
    let trial = try trial(text, ["omit a b 1", "crash c 2"])
    let failure = try #require(trial.failure)
    #expect(failure.message == "in round 4 under 'crash c 2', 'omit a b 1', '6 / 0' divides by zero")
    #expect(trial.violations.isEmpty)
    #expect(try self.trial(text, eot: 3).failure == nil)
    let large = try self.trial(
      #"p("a", 9223372036854775807)@1; q(N, X + 1) :- p(N, X); post(N) :- p(N, _);"#)
    #expect(large.failure?.message == "in round 1, '9223372036854775807 + 1' does not fit 64 bits")
  }

  @Test("that are cut say where and why, and violate nothing")
  func cut() throws {
    let text = #"p("a", 0)@1; p(N, X + 1) :- p(N, X), X < 90; p(N, X)@next :- p(N, X); post(N) :- p(N, _);"#
    let trial = try trial(text, budget: Budget(tuples: 50, firings: 1000))
    let cut = try #require(trial.execution.ending.cut)
    #expect(cut.round == Round(1))
    #expect(cut.words == "the run was cut in round 1, where its budget of tuples was used up")
    #expect(trial.execution.filling == ": 'p' has 51 of 51 tuples" && trial.violations.isEmpty)
    #expect(Ending.stopped(Round(3)).cut?.words == "the run was stopped in round 3")
    #expect(Ending.complete.cut == nil)
    #expect(try self.trial(UnrepeatedBroadcast.program).execution.filling.isEmpty)
  }
}
