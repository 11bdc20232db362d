import Foundation
import Properties
import Testing

@Suite("graph, of what is large")
struct LargeGraphTests {
  private let here: Workplace

  init() throws {
    let pairs = (0..<10).map { from in
      (0..<10).map { "node(\"n\(from)\", \"n\($0)\")@1;" }.joined(separator: " ")
    }
    here = try Workplace([
      "large.ded": pairs.joined(separator: "\n") + """

        node(X, Y)@next :- node(X, Y);
        r("n0", 0)@1;
        r(Y, 0)@async :- r(X, _), node(X, Y);
        r(X, Y)@next :- r(X, Y);
        late(X)@async :- r(X, _), notin r("n9", 0);
        post(X) :- r(X, _);

        """
    ])
  }

  @Test("ten nodes and thirty rounds are folded and drawn, without another program")
  func large() throws {
    let outcome = try here.shell(
      "PATH=/nowhere $FAULTLINE graph large.ded --eot 30 --svg --fault 'omit n0 n1 1' --fault 'omit n0 n9 1'")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let isPicture = outcome.output.hasPrefix("<svg ") && outcome.output.hasSuffix("</svg>\n")
    // The rows that each node derives again in every round are a box each; before, there were 3,492.
    let isFolded = outcome.output.contains(" 230 boxes and 336 arrows")
    #expect(isPicture && isFolded, "\(outcome.output.prefix(400))")
  }
}
