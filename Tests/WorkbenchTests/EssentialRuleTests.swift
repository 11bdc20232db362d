import Answers
import Dedalus
import Documents
import QuestionSupport
import Testing

/// That a protocol holds may mean that nothing was ever at stake. So each correct program marks the rules on
/// which its fault tolerance rests, and here they are taken away, one at a time: each time there must be a
/// fault set that breaks it. A program that is then broken without any fault does not count, since that
/// proves nothing about faults.
@Suite("Essential rules of the programs")
struct EssentialRuleTests {
  /// A program of which all scenarios hold.
  struct CorrectProgram: CustomTestStringConvertible {
    let path: String
    let scenarios: [ScenarioLine]
    var testDescription: String { path }

    static let all: Result<[CorrectProgram], any Error> = Result {
      let scenarios = try ProgramLibrary.scenarios.get().filter { !$0.path.hasPrefix("language/") }
      return Dictionary(grouping: scenarios, by: \.path).sorted { $0.key < $1.key }
        .map { CorrectProgram(path: $0.key, scenarios: $0.value.map(\.line)) }
        .filter { $0.scenarios.allSatisfy { $0.expected == .holds } }
    }
  }

  @Test("there are protocols enough, and correct ones and broken ones among them")
  func extent() throws {
    let scenarios = try ProgramLibrary.scenarios.get().filter { !$0.path.hasPrefix("language/") }
    #expect(scenarios.count >= 120)
    #expect(Set(scenarios.map(\.path)).count >= 40)
    #expect(try CorrectProgram.all.get().count >= 20)
    #expect(Set(scenarios.filter { $0.line.expected == .counterexample }.map(\.path)).count >= 20)
  }

  @Test(
    "a correct program stands losses and a crash among three nodes", arguments: try CorrectProgram.all.get())
  func bounds(_ correct: CorrectProgram) throws {
    let program = try ProgramLibrary.program(correct.path)
    #expect(
      try correct.scenarios.contains {
        try $0.inquiry.eff >= 3 && $0.crashes >= 1 && $0.question(about: program).bounds.nodes.count >= 3
      })
  }

  @Test("each of its essential rules is needed, at least two", arguments: try CorrectProgram.all.get())
  func needed(_ correct: CorrectProgram) throws {
    let program = try ProgramLibrary.program(correct.path)
    let essential = EssentialRule.all(in: program)
    #expect(essential.count >= 2)
    #expect(essential.count == EssentialRule.marks(in: program), "a mark stands above something else")
    for rule in essential {
      let verdicts = try rule.verdicts(without: program, in: correct.scenarios)
      #expect(verdicts.last == .counterexample, "\(rule.text(in: program)) gave \(verdicts)")
    }
  }

  @Test(
    "a rule that tolerance does not rest on is told from one that it does",
    arguments: [
      ("log(Y, P)@async :- log(X, P), node(X, Y);", [Verdict.counterexample]),
      ("log(Y, P)@async :- say(X, P), node(X, Y);", [.holds, .holds]),
      ("log(X, P)@next :- log(X, P);", [.badBaseline, .badBaseline]),
    ])
  func told(rule: String, expected: [Verdict]) throws {
    let text = """
      //! scenario eot=4 eff=3 nodes=a,b,c expect=holds
      //! scenario eot=5 eff=4 nodes=a,b,c expect=holds
      node("a", "b")@1; node("a", "c")@1;
      node(X, Y)@next :- node(X, Y);
      say("a", "hello")@1;
      log(X, P) :- say(X, P);
      log(X, P)@next :- log(X, P);
      log(Y, P)@async :- say(X, P), node(X, Y);
      log(Y, P)@async :- log(X, P), node(X, Y);
      pre(P) :- say(_, P)@1;
      post(P) :- log("b", P), log("c", P);
      """
    let scenarios = try ScenarioLine.all(in: SourceFile(path: "p.ded", bytes: Array(text.utf8)))
    let marked = text.replacing("\n" + rule, with: "\n" + EssentialRule.mark + "\n" + rule)
    let program = try Program(text: marked)
    let found = EssentialRule.all(in: program)
    #expect(found.map { $0.text(in: program) } == [rule])
    #expect(try found.first?.verdicts(without: program, in: scenarios) == expected)
  }

  @Test("a mark above a fact is a mark, but of no rule")
  func misplaced() throws {
    let program = try Program(
      text: "//! essential\np(\"a\")@1;\n//! essential\np(X)@next :- p(X);\nq(X) :- p(X);\n")
    #expect(EssentialRule.marks(in: program) == 2)
    #expect(EssentialRule.all(in: program).map { $0.text(in: program) } == ["p(X)@next :- p(X);"])
  }
}
