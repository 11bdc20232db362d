import Foundation
import Testing

@Suite("Pictures of runs that a budget cut")
struct CutRunTests {
  private static let warning = "warning: the run was cut in round 3, where its budget of tuples was used up"
  private let here: Workplace

  init() throws {
    here = try Workplace([
      "n.ded": """
      n("a", 0)@1;
      n(X, 0)@next :- n(X, 0);
      n(X, V + 1) :- n(X, V), go(X);
      go("a")@3;
      post(X) :- n(X, 0);
      """
    ])
  }

  @Test("a row that may hold later is not said to be absent")
  func later() throws {
    let outcome = try here.faultline("graph", "n.ded", "--eot", "5")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix(Self.warning), "\(outcome.errors)")
    #expect(
      outcome.errors.hasSuffix(
        """

        error: whether post(_) holds in round 5 is not known: the run was cut in round 3, where its budget of tuples \
        was used up [cut-run]
          fix: ask for a row of an earlier round, as in 'post(_)@2'

        """), "\(outcome.errors)")
  }

  @Test("what came before is drawn, with a warning; what does not hold there does not hold")
  func before() throws {
    let outcome = try here.faultline("graph", "n.ded", "--eot", "5", "--row", "post(_)@2")
    #expect(outcome.status == 0 && outcome.output.contains("post(\\\"a\\\")"))
    #expect(outcome.errors.hasPrefix(Self.warning), "\(outcome.errors)")
    let absent = try here.faultline("graph", "n.ded", "--eot", "5", "--row", "n(\"a\", 7)@2")
    #expect(
      absent.errors.contains("error: n(\"a\", 7) does not hold in round 2 of this run [no-such-row]\n"))
  }
}
