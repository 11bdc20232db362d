import Dedalus
import Evaluation
import Testing

@testable import Documents
@testable import Files
@testable import Scenarios

@Suite("Scenario lines")
struct ScenarioLineTests {
  private func scenarios(_ text: String) throws -> [ScenarioLine] {
    try ScenarioLine.all(in: SourceFile(path: "p.ded", bytes: Array(text.utf8)))
  }

  @Test("every part of a line is read")
  func everyPart() throws {
    let text = """
      // A comment, and a rule.
      p("a", 1)@1;
        //! scenario eot=7 eff=4 crashes=1 nodes=a,"b c",Z expect=counterexample minimum=3 oracle=molly \
      crash-view=fail-stop outcome=good because="a leader, alone = lost"
      """
    let scenario = try #require(try scenarios(text).first)
    #expect(scenario.line == 3)
    #expect(
      scenario.inquiry.eot == 7 && scenario.inquiry.eff == 4
        && scenario.inquiry.settings == [BudgetSetting("crashes", "1")])
    #expect(scenario.inquiry.nodes == Nodes(["Z", "a", "b c"]))
    #expect(scenario.expected == .counterexample && scenario.minimum == 3)
    #expect(scenario.inquiry.oracle == .molly && scenario.inquiry.crashView == .failStop)
    #expect(scenario.inquiry.namedOutcome == "good")
    #expect(scenario.reason == "a leader, alone = lost")
  }

  @Test("what is not said has its default")
  func defaults() throws {
    let scenario = try #require(try scenarios("//! scenario eot=4 expect=bad-baseline\r\n").first)
    #expect(scenario.inquiry.eff == 0 && scenario.inquiry.settings.isEmpty && scenario.inquiry.nodes == nil)
    #expect(scenario.inquiry.oracle == .implication && scenario.inquiry.crashView == .silent)
    #expect(
      scenario.expected == .badBaseline && scenario.minimum == nil && scenario.inquiry.namedOutcome == nil)
  }

  @Test("lines end as they do in programs", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) throws {
    let line = "//! scenario eot=4 expect=holds"
    let found = try scenarios(["\u{FEFF}" + line, "// comment", "", line].joined(separator: end) + end)
    #expect(found.map(\.line) == [1, 4])
  }

  @Test("other comments are no scenarios")
  func otherComments() throws {
    #expect(try scenarios("// scenario eot=4\n//! see below\n/* //! scenario */ p(X) :- q(X);\n").isEmpty)
  }

  @Test(
    "a line that begins like a scenario and is none is an error with its place",
    arguments: [
      ("//! scenario expect=holds", 13, "a scenario needs 'eot='"),
      ("//! scenario eot=4", 13, "a scenario needs 'expect='"),
      ("//! scenario eot=4 eot=5 expect=holds", 20, "'eot' is given twice"),
      ("//! scenario eot=six expect=holds", 14, "'eot=' takes a whole number from 1 to 1000, not 'six'"),
      ("//! scenario eot=0 expect=holds", 14, "'eot=' takes a whole number from 1 to 1000, not '0'"),
      ("//! scenario eot=04 expect=holds", 14, "'eot=' takes a whole number from 1 to 1000, not '04'"),
      ("//! scenario eot= expect=holds", 18, "a value is missing after '='"),
      ("//! scenario eot=4 holds", 20, "expected key=value, as in 'eot=6'"),
      (
        "//! scenario eot=4 expect=maybe", 20,
        "'expect=' is one of counterexample, holds, inconclusive, bad-baseline, error, not 'maybe'"
      ),
      ("//! scenario eot=4 expect=holds minimum=2", 13, "'minimum=' goes with 'expect=counterexample' only"),
      (
        "//! scenario eot=4 expect=holds mode=lively", 33,
        "'mode=' is one of safety, liveness, not 'lively'"
      ),
      (
        "//! scenario eot=4 eff=2 mode=safety expect=holds", 13,
        "with 'mode=safety' faults may go on to EOT, and 'eff=' has no meaning"
      ),
      ("//! scenario eot=4 expect=holds nodes=a,,b", 33, "a name in the list of nodes is empty"),
      ("//! scenario eot=4 expect=holds because=\"x", 41, "the quote that begins here is not closed"),
      (
        "//! scenario eot=4 expect=holds crash=1", 33,
        "there is no 'crash='; a scenario has because, crash-view, crashes, delays, duplicates, eff, eot, "
          + "expect, last-crash, late, minimum, missing, mode, nodes, omissions, oracle, outcome, partitions, pauses, property, "
          + "restarts, spare, split, window, wipes"
      ),
    ])
  func errors(line: String, column: Int, message: String) {
    let error = #expect(throws: InvalidFile.self) { try scenarios("\n" + line + "\n") }
    #expect(error?.position == .init(line: 2, column: column))
    #expect(error?.message == message)
    #expect(error?.code == "bad-scenario")
  }
}
