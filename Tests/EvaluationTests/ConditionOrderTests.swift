// Comparisons are tested as early in a join as their variables allow; what counts is still their order in the
// source. An error counts only if the whole match exists and nothing before it in the source is false.

import Dedalus
import Evaluation
import ReferenceEvaluator
import Scenarios
import Testing

@Suite("Order of conditions")
struct ConditionOrderTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let body: String
    let fails: Bool
    var testDescription: String { body }
  }

  /// `p` holds 0, `q` holds 1, and `none` is empty.
  static let rows = [
    Row(body: "p(N, V), 10 / V > 2", fails: true),
    Row(body: "p(N, V), V != 0, 10 / V > 2", fails: false),
    Row(body: "p(N, V), 10 / V > 2, V != 0", fails: true),
    Row(body: "p(N, V), q(N, W), V == W, 10 / V > 2", fails: false),
    Row(body: "p(N, V), q(N, W), 10 / V > 2, V == W", fails: true),
    Row(body: "p(N, V), q(N, W), V < W, 10 / V > 2", fails: true),
    Row(body: "p(N, V), none(N, W), 10 / V > 2", fails: false),
    Row(body: "p(N, V), q(N, W), W / (V + 1) > 5, 10 / V > 2", fails: false),
    Row(body: "p(N, V), X == 10 / V, q(N, W), X > W", fails: true),
    Row(body: "p(N, V), q(N, W), W == V, X == 10 / V, X > W", fails: false),
    Row(body: "p(N, V), q(N, 10 / V)", fails: true),
    Row(body: "p(N, V), q(N, W), V > W, notin q(N, 10 / V)", fails: false),
    Row(body: "p(N, V), q(N, W), notin q(N, 10 / V), V > W", fails: true),
    Row(body: "p(N, V), 10 % V == 1", fails: true),
    Row(body: "p(N, V), count { q(N, _) } > 1, 10 / V > 2", fails: false),
    Row(body: "p(N, V), 10 / V > 2, count { q(N, _) } > 1", fails: true),
    Row(body: "p(N, V), 10 / count { none(N, _) } > 2", fails: true),
    Row(body: "p(N, V), C == count { none(N, _) }, C != 0, 10 / C > 2", fails: false),
    Row(body: "p(N, V), X == 10 / V, count { q(N, X) } > 1", fails: true),
    Row(body: "p(N, V), count { q(N, W), W < V } > 0, X == 10 / V", fails: false),
  ]

  @Test("is the order of the source", arguments: rows)
  func order(_ row: Row) throws {
    let program = try Program(
      text: """
        p("n", 0)@1; q("n", 1)@1; none("n", 1)@2;
        r(N) :- \(row.body);
        """)
    let execution = run(program, Setting(nodes: Nodes(["n"]), eot: 1))
    let reference = ReferenceRun(program: program, nodes: ["n"], eot: 1).execution()
    #expect((execution.ending != .complete) == row.fails)
    #expect((reference.failure != nil) == row.fails)
  }
}
